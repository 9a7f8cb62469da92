import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '#server/database/database-now.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';
import type { Announcer } from '#server/notifications/index.ts';

const HOUR_MS = 3_600_000;

export interface GivenRight {
  readonly id: string;
  readonly name: string;
  readonly role: OperatorRole;
  readonly by: string;
  readonly countsFrom: Date | null;
}

/**
 * What one person gives to another: the right to be one of several people begins a while after it was given, and everybody
 * who decides hears of it at once. Within that time somebody else sees a second self that an administrator made.
 */
export class NewRights {
  readonly #em: EntityManager;
  readonly #notifications: Announcer;
  readonly #waitHours: number;

  constructor(deps: { em: EntityManager; notifications: Announcer; waitHours: number }) {
    this.#em = deps.em;
    this.#notifications = deps.notifications;
    this.#waitHours = deps.waitHours;
  }

  /** From when somebody counts who is given this role now, by the database's clock; null where the role decides nothing. */
  async countsFrom(role: OperatorRole): Promise<Date | null> {
    if (role !== 'finance' && role !== 'admin') return null;
    return new Date((await databaseNow(this.#em)).getTime() + this.#waitHours * HOUR_MS);
  }

  tell({ id, name, role, by, countsFrom }: GivenRight): void {
    if (!countsFrom) return;
    const from = countsFrom.toISOString().slice(0, 16).replace('T', ' ');
    this.#notifications.announce({
      type: 'operator.right_given',
      subject: { type: 'operator', id },
      reason: `${by} → ${name} · ${role} · ${from} UTC`,
    });
  }
}
