import type { Announcer } from '#server/notifications/index.ts';
import type { PersonAtDoor } from '../session-reader.ts';

/** Somebody can come in by something new from now on; if it was not them, they learn of it, and from where it was done. */
export function tellOwner(
  notifications: Announcer,
  type: 'operator.second_factor_set_up' | 'operator.passkey_added',
  { id, origin }: PersonAtDoor,
): void {
  notifications.announce({ type, subject: { type: 'operator', id }, reason: origin.ip ?? undefined });
}
