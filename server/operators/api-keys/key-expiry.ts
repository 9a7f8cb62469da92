import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { Announcer } from '#server/notifications/index.ts';

/** Time enough to hand a new key to the platform before the old one opens nothing any more. */
export const EXPIRY_TOLD_BEFORE_S = 7 * 86_400;

/**
 * Tells people of keys that are about to end: of each end once, and of another one that it is given again. By the database's
 * clock, which is what ends them.
 */
export class KeyExpiry {
  readonly #em: EntityManager;
  readonly #notifications: Announcer;

  constructor(deps: { em: EntityManager; notifications: Announcer }) {
    this.#em = deps.em;
    this.#notifications = deps.notifications;
  }

  async look(): Promise<void> {
    const ending = await sql<{ id: string; name: string; at: Date | string }>(
      this.#em,
      `update api_keys set end_told = expires_at
       where revoked_at is null and expires_at > now() and expires_at <= now() + make_interval(secs => ?)
         and end_told is distinct from expires_at
       returning id, name, expires_at as at`,
      [EXPIRY_TOLD_BEFORE_S],
    );
    for (const { id, name, at } of ending) {
      const reason = `${name}, ${new Date(at).toISOString()}`;
      this.#notifications.announce({ type: 'api_key.expires', subject: { type: 'api_key', id }, reason });
    }
  }
}
