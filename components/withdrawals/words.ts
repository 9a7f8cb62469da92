import type { Words as WordsOf } from '#components/i18n/words.tsx';

/** What looks up a word of this screen. */
export type Words = WordsOf<'withdrawals'>;

const PARTIES = ['pool', 'company', 'member', 'wallet', 'recipient', 'fee_wallet', 'target'] as const;
const ACTIONS = [
  'withdrawal.requested',
  'withdrawal.approved',
  'withdrawal.rejected',
  'withdrawal.cancelled',
  'withdrawal.expired',
  'payout.dispatched',
  'payout.accepted',
  'payout.retrying',
  'payout.failed',
  'payout.held_back',
  'payout.outcome_unknown',
  'payout.completed',
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
