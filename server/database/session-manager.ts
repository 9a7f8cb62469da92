import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { DomainError } from '#server/kernel/errors.ts';
import type { Sessions } from '#server/kernel/sessions.ts';

const openTransaction = new AsyncLocalStorage<true>();

/** Thrown for a bug, not for bad input: see `refuseInsideTransaction`. */
export class CallInsideTransactionError extends Error {
  override readonly name = 'CallInsideTransactionError';
}

/** The guard that every provider client calls before it connects: a slow answer must never hold locks. */
export function refuseInsideTransaction(): void {
  if (openTransaction.getStore()) {
    throw new CallInsideTransactionError('a provider was called while a database transaction was open');
  }
}

/** SQLSTATEs of a lost race: serialization failure, deadlock, unique key. The whole unit of work may be tried again. */
const LOST_RACE: readonly unknown[] = ['40001', '40P01', '23505'];
/** The database went away or gave up waiting. Before the commit that means: nothing was written. */
const NO_ANSWER =
  /^(?:08...|53300|55P03|57014|57P0[1-3]|E(?:CONNRESET|CONNREFUSED|PIPE|TIMEDOUT)|Connection terminated.*|Client has encountered a connection error.*|timeout exceeded when trying to connect)$/;

/** Opens one fork of the EntityManager for each session. Services never flush: the edge commits, once. */
export class SessionManager<Services> implements Sessions<Services> {
  readonly #orm: MikroORM;
  readonly #open: (em: EntityManager) => Services;

  /** `open` builds the services of one session around its EntityManager. */
  constructor(orm: MikroORM, open: (em: EntityManager) => Services) {
    this.#orm = orm;
    this.#open = open;
  }

  withoutTransaction<T>(work: (services: Services) => Promise<T>): Promise<T> {
    return work(this.#open(this.#orm.em.fork({ flushMode: 'commit' })));
  }

  async inTransaction<T>(work: (services: Services) => Promise<T>): Promise<T> {
    const em = this.#orm.em.fork({ flushMode: 'commit' });
    const seen: { failure?: unknown; committing: boolean } = { committing: false };
    // Not `em.begin()`: that one keeps a connection for ever when it breaks before the rollback.
    const transaction = this.#orm.em.getConnection('write').getClient().transaction();
    try {
      return await transaction.execute(async (context) => {
        em.setTransactionContext(context);
        try {
          const result = await openTransaction.run(true, () => work(this.#open(em)));
          await em.flush();
          seen.committing = true;
          return result;
        } catch (error) {
          seen.failure = error;
          // A statement that is still under way must not end up behind the rollback, in somebody else's transaction.
          await context.getExecutor().provideConnection(async () => undefined);
          throw error;
        }
      });
    } catch (error) {
      // A rollback over a dead connection fails as well: the first failure says more.
      throw asRetryable(seen.failure ?? error, seen.committing);
    } finally {
      em.resetTransactionContext();
    }
  }
}

/** Nothing was written, and the same call may be made again: it meets the winner's row, or a database that answers. */
function asRetryable(error: unknown, committing: boolean): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const unanswered = error instanceof Error && (NO_ANSWER.test(String(code)) || NO_ANSWER.test(error.message));
  if (LOST_RACE.includes(code)) return busy('somebody else changed the same records', error);
  return unanswered && !committing ? busy('the database does not answer', error) : error;
}

const busy = (why: string, cause: unknown): DomainError =>
  new DomainError('system.busy', `${why}; nothing was done, try again`, { cause });
