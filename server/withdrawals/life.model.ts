import type { WithdrawalStatus } from './statuses.ts';

/** The state machine once more, in the fewest words, as a second opinion: `life.db.test.ts` holds the service to it. */
export interface Life {
  status: WithdrawalStatus;
  votes: Set<number>;
  onHold: boolean;
  /** The last attempt, while it is open. */
  open: 'named' | 'unknown' | null;
  /** Tries that count since the last approval. */
  tries: number;
  /** Where the amount is. */
  money: 'free' | 'held' | 'in_flight' | 'payable';
  /** Payments the pool really made. */
  paid: number;
}

export const newLife = (): Life => ({
  ...{ status: 'pending', votes: new Set<number>(), onHold: false, open: null, tries: 0, money: 'held', paid: 0 },
});

const BEFORE: readonly WithdrawalStatus[] = ['pending', 'approved_pending', 'approved', 'retrying'];
export const isStoppable = (life: Life): boolean => BEFORE.includes(life.status) && !life.open;
export const isVotable = (life: Life): boolean => life.status === 'pending' || life.status === 'approved_pending';
export const isSendable = (life: Life): boolean =>
  (life.status === 'approved' || life.status === 'retrying') && !life.open && !life.onHold;

export function end(life: Life, status: WithdrawalStatus): void {
  Object.assign(life, { status, open: null, money: status === 'completed' ? 'payable' : 'free' });
}

/** Back to the beginning with nobody's vote. */
export function again(life: Life): void {
  Object.assign(life, { status: 'pending', votes: new Set(), open: null, tries: 0, money: 'held' });
}

export function vote(life: Life, person: number): void {
  life.votes.add(person);
  life.status = life.votes.size === 2 ? 'approved' : 'approved_pending';
}

/** What a try comes to, by what the pool answered. */
export function sent(life: Life, answer: string): void {
  if (answer === 'accepted' || answer === 'lost_after') life.paid += 1;
  if (answer === 'accepted') Object.assign(life, { status: 'submitted', open: 'named', money: 'in_flight' });
  else if (answer.startsWith('lost'))
    Object.assign(life, { status: 'manual-review', open: 'unknown', money: 'in_flight' });
  else if (answer === 'when_funded') life.status = 'approved';
  else {
    life.tries += 1;
    if (answer === 'never' || life.tries === 5) end(life, 'failed');
    else life.status = 'retrying';
  }
}
