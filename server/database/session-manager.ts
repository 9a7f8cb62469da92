import { AsyncLocalStorage } from 'node:async_hooks';
import {
  DeadlockException,
  type EntityManager,
  type MikroORM,
  UniqueConstraintViolationException,
} from '@mikro-orm/postgresql';
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

/** SQLSTATE of a serialization failure: like a deadlock, the whole unit of work may simply be tried again. */
const SERIALIZATION_FAILURE = '40001';

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
    await em.begin();
    try {
      const result = await openTransaction.run(true, () => work(this.#open(em)));
      await em.commit();
      return result;
    } catch (error) {
      await em.rollback();
      throw asRetryable(error);
    }
  }
}

/** A lost race is not a failure: nothing was written, and the same call meets the winner's row when it is made again. */
function asRetryable(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const lostRace = error instanceof DeadlockException || error instanceof UniqueConstraintViolationException;
  if (!lostRace && code !== SERIALIZATION_FAILURE) return error;
  return new DomainError('system.busy', 'somebody else changed the same records; nothing was done, try again', {
    cause: error,
  });
}
