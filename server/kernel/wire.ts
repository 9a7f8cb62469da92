import { z } from 'zod';
import { Amount } from './amount.ts';
import { inKnownYear } from './calendar.ts';
import type { Json } from './canonical-json.ts';
import { MEMBER_ID, REFERENCE } from './identifiers.ts';

/** Shapes that every contract shares. All are text: the wire is plain JSON without a transformer. */

/** Canonical decimal text, at most 20 whole digits and 18 decimals. Zero is an amount too. */
export const amountText = z.string().max(40).refine(Amount.isWireText, 'not a canonical decimal amount');

/** An amount somebody asks to move: never zero. */
export const positiveAmountText = amountText.refine((text) => text !== '0', 'must be more than zero');

/** A sum in the books, which may be below zero. */
export const signedAmountText = z
  .string()
  .max(41)
  .regex(/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);

/** The platform's own name for a member. */
export const memberId = z.string().regex(MEMBER_ID, 'must be 1 to 64 of A-Z a-z 0-9 . _ : -');

/** `LTC` at the pool, `BSC:BNB` or `BSC:<contract>` on the chain. */
export const assetCode = z.string().regex(/^[A-Za-z0-9:]{1,64}$/, 'must be 1 to 64 letters, digits or colons');

export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters');

/** The platform's own reference for what it asks. */
export const reference = z.string().regex(REFERENCE, 'must be 1 to 128 printable ASCII characters');

/** What a person writes: no control characters but line breaks, 1 to 500 characters. */
export const noteText = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}\p{Cs}]*(?:\n[^\p{Cc}\p{Cs}]*)*$/u, 'must not hold control characters');

/** Anything that was kept as it came: bounded by whoever kept it. */
export const json: z.ZodType<Json> = z.json();

export const uuid = z.uuid();
export const instant = z.iso.datetime().refine(inKnownYear, 'there is no year zero');
export const day = z.iso.date().refine(inKnownYear, 'there is no year zero');

export const PAGE_ROWS_MAX = 100;
export const PAGE_ROWS_DEFAULT = 50;

/** A keyset cursor: opaque to callers, made by the reply before. */
export const cursor = z.string().max(256).nullable().default(null);
export const limit = z.int().min(1).max(PAGE_ROWS_MAX).default(PAGE_ROWS_DEFAULT);

/** A page of rows. `total.exact` is false where counting stopped at the cap. */
export const page = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({
    rows: z.array(row),
    nextCursor: z.string().nullable(),
    total: z.strictObject({ count: z.int().nonnegative(), exact: z.boolean() }),
  });

export interface Page<Row> {
  readonly rows: Row[];
  readonly nextCursor: string | null;
  readonly total: { readonly count: number; readonly exact: boolean };
}
