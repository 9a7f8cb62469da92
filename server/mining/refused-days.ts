import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { Clock } from '#server/kernel/clock.ts';
import type { DomainError } from '#server/kernel/errors.ts';
import type { Announcer } from '#server/notifications/index.ts';

const DAY_MS = 86_400_000;
/** The pool may need a while for a day that has just ended; by then it has been asked several times. */
const TOLD_AFTER_MS = 3_600_000;
const TYPE = 'mining.day_refused';

/** Tells people once of each day whose figures the pool refuses to give, until it gives them. */
export class RefusedDays {
  readonly #em: EntityManager;
  readonly #notifications: Announcer;
  readonly #clock: Clock;

  constructor(deps: { em: EntityManager; notifications: Announcer; clock: Clock }) {
    this.#em = deps.em;
    this.#notifications = deps.notifications;
    this.#clock = deps.clock;
  }

  /** A day that was read before is not missing, whatever the pool says of it now. */
  async note(day: string, error: DomainError): Promise<void> {
    const endedMs = this.#clock.now().getTime() - (Date.parse(day) + DAY_MS);
    if (error.code !== 'provider.rejected' || endedMs < TOLD_AFTER_MS || (await this.#isKnown(day))) return;
    const reason = error.detail?.reason;
    this.#notifications.announce({
      type: TYPE,
      subject: { type: 'mining', id: day },
      reason: typeof reason === 'string' ? reason : error.code,
    });
  }

  async read(days: readonly string[]): Promise<void> {
    await this.#notifications.over({ type: TYPE, subject: { type: 'mining', ids: days } });
  }

  /** It was read, or people know of it. */
  async #isKnown(day: string): Promise<boolean> {
    const rows = await sql(
      this.#em,
      `select 1 from mining_balances where kind = 'profit' and day = ?::date
       union all
       select 1 from notification_events e join notifications n using (id)
       where e.type = '${TYPE}' and e.subject_type = 'mining' and e.subject_id = ?
         and (n.acknowledged_at is null or n.acknowledged_by is not null)
       limit 1`,
      [day, day],
    );
    return rows.length > 0;
  }
}
