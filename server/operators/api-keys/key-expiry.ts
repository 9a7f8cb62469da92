import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { Clock } from '#server/kernel/clock.ts';
import type { Announcer } from '#server/notifications/index.ts';

/** Time enough to hand a new key to the platform before the old one opens nothing any more. */
export const EXPIRY_TOLD_BEFORE_MS = 7 * 86_400_000;

/** Tells people of keys that are about to end: of each end once, and of another one that it is given again. */
export class KeyExpiry {
  readonly #em: EntityManager;
  readonly #notifications: Announcer;
  readonly #clock: Clock;

  constructor(deps: { em: EntityManager; notifications: Announcer; clock: Clock }) {
    this.#em = deps.em;
    this.#notifications = deps.notifications;
    this.#clock = deps.clock;
  }

  async look(): Promise<void> {
    const now = this.#clock.now();
    const ending = await sql<{ id: string; name: string; at: Date | string }>(
      this.#em,
      `update api_keys set end_told = expires_at
       where revoked_at is null and expires_at > ? and expires_at <= ? and end_told is distinct from expires_at
       returning id, name, expires_at as at`,
      [now, new Date(now.getTime() + EXPIRY_TOLD_BEFORE_MS)],
    );
    for (const { id, name, at } of ending) {
      const reason = `${name}, ${new Date(at).toISOString()}`;
      this.#notifications.announce({ type: 'api_key.expires', subject: { type: 'api_key', id }, reason });
    }
  }
}
