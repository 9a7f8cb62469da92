import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { WorkerView } from './contract.ts';
import type { WorkerState } from './statuses.ts';

/** A worker that has not been seen for so long may be dead; `Heartbeat` says several times in it that one lives. */
const SILENT_AFTER = '15 s';

export interface WorkerProcess {
  /** Unique for ever: attempts name their sender by it. */
  readonly name: string;
  readonly host: string;
  readonly processId: number;
}

/** Which workers live, by the database's clock. Only a worker itself can say that it has gone. */
export class WorkerRegistry {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  async beat({ name, host, processId }: WorkerProcess): Promise<void> {
    await sql(
      this.#em,
      `insert into workers (name, host, process_id, started_at, seen_at)
       values (?, ?, ?, clock_timestamp(), clock_timestamp())
       on conflict (name) do update set seen_at = excluded.seen_at`,
      [name, host, processId],
    );
  }

  /** Said last, when nothing of this process can send any more. */
  async leave(name: string): Promise<void> {
    await sql(this.#em, 'update workers set gone_at = clock_timestamp() where name = ? and gone_at is null', [name]);
  }

  /** `gone` proves that a sender is dead; a worker that nobody knows is not proven. */
  async stateOf(name: string): Promise<WorkerState> {
    const [row] = await sql<{ state: WorkerState }>(this.#em, `select ${STATE} as state from workers where name = ?`, [
      name,
    ]);
    return row?.state ?? 'not_proven';
  }

  /** Those of the last day; one that has gone is not shown for longer than ten minutes. */
  async list(): Promise<WorkerView[]> {
    const rows = await sql<Omit<WorkerView, 'startedAt' | 'seenAt'> & { startedAt: Date; seenAt: Date }>(
      this.#em,
      `select name, host, process_id as "processId", started_at as "startedAt", seen_at as "seenAt", ${STATE} as state
       from workers where seen_at > clock_timestamp() - interval '1 d'
         and (gone_at is null or gone_at > clock_timestamp() - interval '10 min')
       order by started_at desc limit 50`,
    );
    return rows.map((row) => ({
      ...row,
      startedAt: new Date(row.startedAt).toISOString(),
      seenAt: new Date(row.seenAt).toISOString(),
    }));
  }
}

const STATE = `case when gone_at is not null then 'gone'
  when seen_at > clock_timestamp() - interval '${SILENT_AFTER}' then 'answering' else 'not_proven' end`;
