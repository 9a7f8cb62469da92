import { DomainError } from '#server/kernel/errors.ts';

/** SQLSTATEs of a lost race: serialization failure, deadlock, unique key. The whole unit of work may be tried again. */
const LOST_RACE: readonly unknown[] = ['40001', '40P01', '23505'];
/** The database rolled it back by itself: a lock did not come free in time, or nothing came for too long. */
const GIVEN_UP: readonly unknown[] = ['55P03', '25P03'];
/** The database went away, is full, or gave up waiting. Before the commit that means: nothing was written. */
const NO_ANSWER =
  /^(?:08...|53...|57014|57P0[1-5]|E(?:CONNRESET|CONNREFUSED|PIPE|TIMEDOUT)|Connection terminated.*|Client has encountered a connection error.*|timeout exceeded when trying to connect)$/;

/**
 * What a session throws: `system.busy` where nothing was written and the same call may be made again, because it meets the
 * winner's row or a database that answers. `system.outcome_unknown` where the answer to a commit got lost: nobody knows what
 * was written.
 */
export function asRetryable(error: unknown, { committing = false } = {}): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const unanswered = error instanceof Error && (NO_ANSWER.test(String(code)) || NO_ANSWER.test(error.message));
  if (LOST_RACE.includes(code)) return busy('somebody else changed the same records', error);
  if (GIVEN_UP.includes(code)) return busy('others took too long', error);
  if (!unanswered) return error;
  return committing ? unknown(error) : busy('the database does not answer', error);
}

const busy = (why: string, cause: unknown): DomainError =>
  new DomainError('system.busy', `${why}; nothing was done, try again`, { cause });

const unknown = (cause: unknown): DomainError =>
  new DomainError(
    'system.outcome_unknown',
    'the database went away while this was being written; look whether it was done, or make the same call again with its key',
    { cause },
  );
