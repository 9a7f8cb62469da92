import { z } from 'zod';
import { inKnownYear } from './calendar.ts';
import { DomainError } from './errors.ts';

/** A place in a list sorted by an instant and an id: where the next page begins. */
export interface Keyset {
  readonly at: string;
  readonly id: string;
}

const keyset = z.tuple([z.iso.datetime({ precision: 6 }).refine(inKnownYear), z.uuid()]);

/** Opaque to callers. The instant keeps its microseconds, so that rows of the same millisecond are not skipped. */
export const toCursor = ({ at, id }: Keyset): string => btoa(JSON.stringify([at, id])).replaceAll('=', '');

/** Throws `input.invalid` when the text is not a cursor of ours. */
export function fromCursor(cursor: string | null): Keyset | null {
  if (cursor === null) return null;
  try {
    const [at, id] = keyset.parse(JSON.parse(atob(cursor)));
    return { at, id };
  } catch {
    throw new DomainError('input.invalid', 'this is not a cursor of this list');
  }
}

/** How far lists are counted: past it the total is a floor, not a number. */
export const TOTAL_MAX = 1_000;

export const cappedTotal = (count: number): { count: number; exact: boolean } => ({
  count: Math.min(count, TOTAL_MAX),
  exact: count <= TOTAL_MAX,
});
