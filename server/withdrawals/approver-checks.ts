import { Amount } from '#server/kernel/amount.ts';
import type { StandingStop } from '#server/system/index.ts';
import type { WithdrawalView } from './contract.ts';
import { FINAL_STATUSES, type WithdrawalStatus } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

type Check = WithdrawalView['checks'][number];

export interface CheckFacts {
  /** The pool's payout account as last read. */
  readonly account: string | null;
  /** What keeps it from being sent now, whatever is approved. */
  readonly stop: StandingStop['stop'] | null;
  /** What is held for the member, or in the wallet, in this asset, in flight included. */
  readonly held: string;
  /** Other withdrawals of the member that have not ended. */
  readonly siblings: number;
}

/** What an approver should know before the click, each with what was observed; none once the withdrawal has ended. */
export function approverChecks(withdrawal: Withdrawal, facts: CheckFacts): Check[] {
  const ended: readonly WithdrawalStatus[] = FINAL_STATUSES;
  if (ended.includes(withdrawal.status)) return [];
  const held = Amount.parse(withdrawal.asset, facts.held);
  return [
    check('funds_held', held.isLessThan(withdrawal.money()) ? 'failed' : 'ok', held.toString()),
    ...(withdrawal.kind === 'mining' ? [destinationCheck(withdrawal, facts)] : []),
    check('provider_running', facts.stop ? 'attention' : 'ok', facts.stop ?? 'running'),
    check('member_in_flight', facts.siblings > 0 ? 'attention' : 'ok', String(facts.siblings)),
  ];
}

/** The pool pays one account and names it itself; a wallet pays the address in the order, which nobody can change. */
function destinationCheck({ destinationAddress }: Withdrawal, { account }: CheckFacts): Check {
  return check('destination_current', account === destinationAddress ? 'ok' : 'failed', account ?? '');
}

const check = (name: Check['name'], result: Check['result'], observed: string): Check => ({ name, result, observed });
