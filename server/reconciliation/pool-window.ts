import { isOf, type PoolHistoryRead, type PoolWithdrawal } from '#server/mining/index.ts';
import { CLOCK_TOLERANCE_MS, type PayoutAttempt, poolBeforeIn } from '#server/withdrawals/index.ts';

/** The pool may take its time between taking a request and listing it. */
const LISTED_WITHIN_MS = 15 * 60_000;

/** When a row was made, by our clock; null when the pool gave no time that can be read. */
export function madeAt(row: PoolWithdrawal, read: PoolHistoryRead): number | null {
  return row.createdAt === null ? null : Date.parse(row.createdAt) + (read.clockOffsetMs ?? 0);
}

/** Whether the payment that an attempt asked for can have been made at this moment; clocks differ, so it may seem older. */
export function inWindow(attempt: PayoutAttempt, atMs: number): boolean {
  const until = attempt.replyDueAt().getTime() + LISTED_WITHIN_MS;
  return atMs >= attempt.fencedAt.getTime() - CLOCK_TOLERANCE_MS && atMs <= until;
}

/** Whether somebody who looks for an attempt could take a row for it: its coin and amount, and new since its fence. */
export const couldBeTakenFor = (attempt: PayoutAttempt, row: PoolWithdrawal): boolean =>
  isOf(row, attempt.money()) && !wasThereBefore(attempt, row);

/** Whether an unnamed attempt may have made a row: its coin and amount, new since its fence, at a time that fits or is not known. */
export function mayBeOf(attempt: PayoutAttempt, row: PoolWithdrawal, read: PoolHistoryRead): boolean {
  if (!couldBeTakenFor(attempt, row)) return false;
  const at = madeAt(row, read);
  return at === null || inWindow(attempt, at);
}

const wasThereBefore = (attempt: PayoutAttempt, { reference }: PoolWithdrawal): boolean =>
  poolBeforeIn(attempt.before)?.references.includes(reference) ?? false;
