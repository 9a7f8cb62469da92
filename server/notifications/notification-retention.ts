import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';

const AT_ONCE = 1_000;

/**
 * Forgets what was told so long ago that nobody asks for it, with its deliveries. What nobody has acknowledged yet stays,
 * and so does what is still on its way. The record of who did what and the books are another matter: they stay for ever.
 */
export class NotificationRetention {
  readonly #em: EntityManager;
  readonly #keptDays: number;

  constructor(deps: { em: EntityManager; keptDays: number }) {
    this.#em = deps.em;
    this.#keptDays = deps.keptDays;
  }

  /** Resolves to how many events were forgotten. */
  async forgetSome(): Promise<number> {
    const [row] = await sql<{ gone: number }>(
      this.#em,
      `with old as (
         select id from notification_events e
         where seq < coalesce(
             (select min(seq) from notification_events where at >= now() - ? * interval '1 day'), 9223372036854775807)
           and fanned_out_at < now() - ? * interval '1 day'
           and not exists (select 1 from notifications n where n.id = e.id and n.acknowledged_at is null)
           and not exists (select 1 from notification_deliveries d where d.event_id = e.id and d.status = 'pending')
         order by seq limit ${AT_ONCE}),
       deliveries as (delete from notification_deliveries using old where event_id = old.id),
       shown as (delete from notifications n using old where n.id = old.id),
       events as (delete from notification_events e using old where e.id = old.id returning 1)
       select count(*)::int as gone from events`,
      [this.#keptDays, this.#keptDays],
    );
    return row?.gone ?? 0;
  }
}
