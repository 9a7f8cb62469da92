import { newId } from '#server/kernel/ids.ts';

/** One row of an entity with every property set, for tests of the mapping. */
export interface Sample {
  readonly row: Readonly<Record<string, unknown>>;
  /** What a row without anything optional must still have. */
  readonly bare?: Readonly<Record<string, unknown>>;
  /** A table whose rows stand in the way. */
  readonly without?: string;
}

export const id = newId;
/** Columns keep microseconds, a Date has milliseconds. */
export const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 12, minute, 0, 123));
/** Every digit a numeric(38,18) has. */
export const MOST = '99999999999999999999.999999999999999999';
export const LEAST = '0.000000000000000001';
export const DIGEST = '0123456789abcdef'.repeat(4);
export const ADDRESS = '0x52908400098527886E0F7030069857D2E4169EE7';
export const changes = { createdAt: at(1), updatedAt: at(2) };
