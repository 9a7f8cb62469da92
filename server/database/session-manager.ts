import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Sessions } from '#server/kernel/sessions.ts';
import { asRetryable } from './database-errors.ts';
import { writeWhatWaits } from './write-at-commit.ts';

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

/** Opens one fork of the EntityManager for each session. Services never flush: the edge commits, once. */
export class SessionManager<Services> implements Sessions<Services> {
  readonly #orm: MikroORM;
  readonly #open: (em: EntityManager) => Services;

  /** `open` builds the services of one session around its EntityManager. */
  constructor(orm: MikroORM, open: (em: EntityManager) => Services) {
    this.#orm = orm;
    this.#open = open;
  }

  async withoutTransaction<T>(work: (services: Services) => Promise<T>): Promise<T> {
    try {
      const em = this.#orm.em.fork({ flushMode: 'commit' });
      const result = await work(this.#open(em));
      await writeWhatWaits(em);
      return result;
    } catch (error) {
      throw asRetryable(error);
    }
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
          await writeWhatWaits(em);
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
      throw asRetryable(seen.failure ?? error, seen);
    } finally {
      em.resetTransactionContext();
    }
  }
}
