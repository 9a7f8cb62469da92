import type { EntityManager } from '@mikro-orm/postgresql';
import { execute, sql } from '#server/database/sql.ts';
import type { Announcer } from '#server/notifications/index.ts';
import { ALARMS } from './invariants.ts';

/** One row of an alarm: what it is about, and by how much. */
interface Raised {
  readonly asset: string;
  readonly amount?: string;
  readonly claimed?: string | null;
  readonly walletId?: string | null;
  readonly incident?: string | null;
}

/** Tells people what the books say is wrong: at once, and again every day for as long as it is. */
export class BookAlarms {
  readonly #em: EntityManager;
  readonly #notifications: Announcer;

  constructor(deps: { em: EntityManager; notifications: Announcer }) {
    this.#em = deps.em;
    this.#notifications = deps.notifications;
  }

  async look(): Promise<void> {
    for (const [reason, text] of Object.entries(ALARMS)) {
      for (const raised of await execute<Raised>(this.#em, text, [])) await this.#tell(reason, raised);
    }
  }

  /** The pool lists what could not be written down: the books may be without it. */
  rowsLeft(asset: string): Promise<void> {
    return this.#tell('pool_rows_left', { asset });
  }

  async #tell(reason: string, { asset, amount, claimed, walletId, incident }: Raised): Promise<void> {
    const subject = { type: 'books' as const, id: [asset, walletId ?? incident].filter(Boolean).join(' ') };
    const told = await sql(
      this.#em,
      `select 1 from notification_events e join notifications n using (id)
       where e.type = 'books.alarm' and e.subject_type = ? and e.subject_id = ? and e.reason = ?
         and (n.acknowledged_at is null or e.at > now() - interval '1 day') limit 1`,
      [subject.type, subject.id, reason],
    );
    if (told.length === 0)
      this.#notifications.announce({
        type: 'books.alarm',
        subject,
        reason,
        about: { asset, ...(amount && { amount }), ...(claimed && { claimed }) },
      });
  }
}
