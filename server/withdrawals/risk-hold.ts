import type { SystemActor } from '#server/kernel/actor.ts';
import { type Finding, strongest } from '#server/risk/index.ts';
import { LATE_HOLD, RISK_HOLD } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';

/** Who holds when a rule does. */
const RULES: SystemActor = { type: 'system', id: 'risk' };

/**
 * W8, when a rule says so: a person looks before anybody votes. It stands above a hold of a colleague's, which others may
 * let go, and beside what another rule holds; what only waits for an outside word leaves a hold as it is. `isVerdict`: the
 * word has come.
 */
export async function holdForRisk(
  mover: WithdrawalMover,
  withdrawal: Withdrawal,
  { findings, isVerdict = false }: { readonly findings: readonly Finding[]; readonly isVerdict?: boolean },
): Promise<void> {
  if (strongest(findings)?.result !== 'hold' || withdrawal.holdReason === LATE_HOLD) return;
  const rules = findings.flatMap(({ rule, result }) => (result === 'hold' ? [rule] : []));
  if (withdrawal.holdAt && !isVerdict && rules.every((rule) => rule === 'screening')) return;
  const standing = withdrawal.holdReason === RISK_HOLD ? (withdrawal.holdNote ?? '').split(', ') : [];
  const note = [...new Set<string>([...standing, ...rules])].join(', ');
  if (withdrawal.holdReason === RISK_HOLD && withdrawal.holdNote === note) return;
  await mover.move(withdrawal, 'hold', { by: RULES, reason: RISK_HOLD, detail: { hold: RISK_HOLD, rules: note } });
  const at = withdrawal.holdAt ?? withdrawal.updatedAt;
  withdrawal.hold({ reason: RISK_HOLD, note, by: RULES.id, at });
}

/**
 * What a rule escalates, and what a person has to look at first, is voted on by the strictest tier of the policy, whatever
 * its amount. Waiting for an outside word alone says nothing about it yet.
 */
export const asksForStrictest = (findings: readonly Finding[]): boolean =>
  findings.some(({ result, rule }) => result === 'escalate' || (result === 'hold' && rule !== 'screening'));
