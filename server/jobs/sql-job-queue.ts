import type { EntityManager } from '@mikro-orm/postgresql';
import type { Db } from 'pg-boss';
import { insertJobs } from '#server/database/job-rows.ts';
import { execute } from '#server/database/sql.ts';
import { writeAtCommit } from '#server/database/write-at-commit.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobName, JobPayloads, JobQueue } from '#server/kernel/job-queue.ts';

/** Sends jobs in the session's own commit, so that a job exists exactly when its cause does. */
export class SqlJobQueue implements JobQueue {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  async send<Name extends JobName>(
    name: Name,
    data: JobPayloads[Name],
    options: { startAfter?: Date } = {},
  ): Promise<string> {
    const id = newId();
    writeAtCommit(this.#em, INSERT, { id, name, data, start_after: options.startAfter ?? null });
    return id;
  }
}

const INSERT = insertJobs(`
  select id, name, data, coalesce(start_after, now()) as start_after
  from jsonb_to_recordset(?::jsonb) as sent (id uuid, name text, data jsonb, start_after timestamptz)`);

/** pg-boss's statements, run wherever this EntityManager runs its own. */
export const onConnectionOf = (em: EntityManager): Db => ({
  executeSql: async (text, values = []) => ({ rows: await execute(em, text, values) }),
});
