import { z } from 'zod';
import { JsonNumber, storable } from './lossless-json.ts';
import { plainDecimal } from './plain-decimal.ts';

const WHOLE = /^(?:0|[1-9]\d{0,15})$/;
const textOrNumber = z.union([z.string(), z.instanceof(JsonNumber).transform((number) => number.source)]);

/** A decimal, sent as text or as a number; kept as plain text. */
export const decimalText = textOrNumber.transform((text, context) => {
  const plain = plainDecimal(text);
  if (plain !== null) return plain;
  context.addIssue({ code: 'custom', message: 'not a decimal' });
  return z.NEVER;
});

/** A count or an instant, sent as text or as a number: never an amount. */
export const wholeNumber = textOrNumber
  .refine((text) => WHOLE.test(text), 'not a whole number')
  .transform((text) => Number.parseInt(text, 10));

/** A provider's name for something. */
export const identifier = textOrNumber.refine((text) => /^[\x21-\x7e]{1,128}$/.test(text), 'not an identifier');

const WORDS_CHARS_MAX = 1_000;

/** The provider's own words, cut where they have no end: one long message must not make a whole list unreadable. */
export const words = z.string().transform((text) => storable(text.slice(0, WORDS_CHARS_MAX)));

export const utcDay = z.iso.date();

/** Absent and null mean the same at both providers. */
export const optional = <Type extends z.ZodType>(type: Type) => type.nullish().transform((value) => value ?? null);
