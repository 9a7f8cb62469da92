import type { Words as WordsOf } from '#components/i18n/words.tsx';
import { RISK_RULES } from '#server/risk/statuses.ts';
import { HOLD_REASONS, LATE_HOLD, RISK_HOLD } from '#server/withdrawals/statuses.ts';

/** What looks up a word of this screen. */
export type Words = WordsOf<'withdrawals'>;

const PARTIES = ['pool', 'company', 'member', 'wallet', 'recipient', 'fee_wallet', 'target'] as const;
const ACTIONS = [
  'withdrawal.requested',
  'withdrawal.blocked',
  'withdrawal.approved',
  'withdrawal.rejected',
  'withdrawal.cancelled',
  'withdrawal.expired',
  'withdrawal.held',
  'withdrawal.released',
  'withdrawal.noted',
  'address.revealed',
  'withdrawal.edited',
  'withdrawal.lapsed',
  'withdrawal.reopened',
  'withdrawal.retried_now',
  'withdrawal.rechecked',
  'withdrawal.escalated',
  'withdrawal.evidence_attached',
  'withdrawal.resolved_paid',
  'withdrawal.resolved_not_paid',
  'withdrawal.adopted',
  'withdrawal.reported_paid',
  'payout.dispatched',
  'payout.accepted',
  'payout.retrying',
  'payout.failed',
  'payout.held_back',
  'payout.waiting',
  'payout.outcome_unknown',
  'payout.found',
  'payout.found_not_executed',
  'payout.late',
  'payout.taken_back',
  'payout.word_changed',
  'payout.completed',
  'decision.proposed',
  'decision.confirmed',
  'decision.withdrawn',
  'decision.expired',
] as const;

/** A new word of the server's is shown as it is: better foreign than left out. */
export function partyWord(t: Words, party: string): string {
  const known = PARTIES.find((each) => each === party);
  return known ? t(`legs.party.${known}`) : party;
}

export function actionWord(t: Words, action: string): string {
  const known = ACTIONS.find((each) => each === action);
  return known ? t(`timeline.action.${known}`) : action;
}

export function holdWord(t: Words, reason: string): string {
  const known = ([...HOLD_REASONS, LATE_HOLD, RISK_HOLD] as const).find((each) => each === reason);
  return known ? t(`holdReason.${known}`) : reason;
}

/** What was written down when it was put on hold: by a person, or the names of the rules that did. */
export function holdNote(t: Words, { reason, note }: { readonly reason: string; readonly note: string }): string {
  if (reason !== RISK_HOLD) return note;
  const rules = note.split(', ').map((rule) => {
    const known = RISK_RULES.find((each) => each === rule);
    return known ? t(`risk.rule.${known}`) : rule;
  });
  return rules.join(' · ');
}
