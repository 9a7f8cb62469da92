import type { Actor } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';

export const NEWCOMER_TEXT = 'your right is new: you count as one of several people from the moment that it says';

/**
 * Whose right is new is neither the first nor the second of two people: else one administrator invites somebody, is that
 * somebody, and decides alone. Triggers refuse the same rows. Error: `auth.newcomer`.
 */
export function refuseNewcomer(by: Actor): void {
  if (by.type !== 'operator' || !by.countsFrom) return;
  throw new DomainError('auth.newcomer', NEWCOMER_TEXT, { detail: { from: by.countsFrom } });
}
