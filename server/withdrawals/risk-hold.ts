import type { SystemActor } from '#server/kernel/actor.ts';
import { type Finding, strongest } from '#server/risk/index.ts';
import { RISK_HOLD } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';

/** Who holds when a rule does. */
const RULES: SystemActor = { type: 'system', id: 'risk' };

/** W8, when a rule says so: a person looks before anybody votes. A hold that stands already stays what it is. */
export async function holdForRisk(
  mover: WithdrawalMover,
  withdrawal: Withdrawal,
  findings: readonly Finding[],
): Promise<void> {
  if (strongest(findings)?.result !== 'hold' || withdrawal.holdAt) return;
  const note = findings.flatMap(({ rule, result }) => (result === 'hold' ? [rule] : [])).join(', ');
  await mover.move(withdrawal, 'hold', { by: RULES, reason: RISK_HOLD, detail: { hold: RISK_HOLD, rules: note } });
  withdrawal.hold({ reason: RISK_HOLD, note, by: RULES.id, at: withdrawal.updatedAt });
}

/**
 * What a rule escalates, and what a person has to look at first, is voted on by the strictest tier of the policy, whatever
 * its amount. Waiting for an outside word alone says nothing about it yet.
 */
export const asksForStrictest = (findings: readonly Finding[]): boolean =>
  findings.some(({ result, rule }) => result === 'escalate' || (result === 'hold' && rule !== 'screening'));
