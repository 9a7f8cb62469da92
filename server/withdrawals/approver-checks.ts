import { Amount } from '#server/kernel/amount.ts';
import type { WithdrawalView } from './contract.ts';
import { FINAL_STATUSES, type WithdrawalStatus } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

type Check = WithdrawalView['checks'][number];

export interface CheckFacts {
  /** The pool's payout account as last read. */
  readonly account: string | null;
  readonly paused: boolean;
  /** What is held for the member in this asset, in flight included. */
  readonly held: string;
  /** Other withdrawals of the member that have not ended. */
  readonly siblings: number;
}

/** What an approver should know before the click, each with what was observed; none once the withdrawal has ended. */
export function approverChecks(withdrawal: Withdrawal, facts: CheckFacts): Check[] {
  const ended: readonly WithdrawalStatus[] = FINAL_STATUSES;
  if (ended.includes(withdrawal.status)) return [];
  const held = Amount.parse(withdrawal.asset, facts.held);
  const current = facts.account === withdrawal.destinationAddress;
  return [
    check('funds_held', held.isLessThan(withdrawal.money()) ? 'failed' : 'ok', held.toString()),
    check('destination_current', current ? 'ok' : 'failed', facts.account ?? ''),
    check('provider_running', facts.paused ? 'attention' : 'ok', facts.paused ? 'paused' : 'running'),
    check('member_in_flight', facts.siblings > 0 ? 'attention' : 'ok', String(facts.siblings)),
  ];
}

const check = (name: Check['name'], result: Check['result'], observed: string): Check => ({ name, result, observed });
