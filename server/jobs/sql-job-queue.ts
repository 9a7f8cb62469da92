import type { EntityManager } from '@mikro-orm/postgresql';
import type { Db, PgBoss } from 'pg-boss';
import { execute } from '#server/database/sql.ts';
import type { JobName, JobPayloads, JobQueue } from '#server/kernel/job-queue.ts';

/** Sends jobs on the connection of the session's own transaction, so that a job exists exactly when its cause does. */
export class SqlJobQueue implements JobQueue {
  readonly #em: EntityManager;
  readonly #boss: PgBoss;

  constructor(deps: { em: EntityManager; boss: PgBoss }) {
    this.#em = deps.em;
    this.#boss = deps.boss;
  }

  async send<Name extends JobName>(
    name: Name,
    payload: JobPayloads[Name],
    options: { startAfter?: Date } = {},
  ): Promise<string> {
    const id = await this.#boss.send(name, payload, { ...options, db: onConnectionOf(this.#em) });
    if (!id) throw new Error(`the queue took no job for ${name}`);
    return id;
  }
}

/** pg-boss's statements, run wherever this EntityManager runs its own. */
export const onConnectionOf = (em: EntityManager): Db => ({
  executeSql: async (text, values = []) => ({ rows: await execute(em, text, values) }),
});
