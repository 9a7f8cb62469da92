import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';

const ATTEMPTS_MAX = 10;
const WINDOW_MINUTES = 15;

/** How often something may be tried: ten times in fifteen minutes for each bucket, by the database's clock. */
export class AttemptLimit {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /** Counted before it is tried, so that many at once are counted too. False: too often. */
  async take(bucket: string): Promise<boolean> {
    const [row] = await sql<{ count: number }>(
      this.#em,
      `insert into operator_attempts as a (bucket, began_at, count) values (?, now(), 1)
       on conflict (bucket) do update set
         count = case when a.began_at < now() - make_interval(mins => ?) then 1 else a.count + 1 end,
         began_at = case when a.began_at < now() - make_interval(mins => ?) then now() else a.began_at end
       returning count`,
      [bucket, WINDOW_MINUTES, WINDOW_MINUTES],
    );
    return row !== undefined && row.count <= ATTEMPTS_MAX;
  }

  /** It was right: only what fails is counted. */
  async giveBack(bucket: string): Promise<void> {
    await sql(this.#em, 'update operator_attempts set count = greatest(count - 1, 0) where bucket = ?', [bucket]);
  }
}
