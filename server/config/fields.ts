import { z } from 'zod';
import { Amount } from '#server/kernel/amount.ts';
import { Secret } from '#server/kernel/secret.ts';

/** One line for people; never quotes the value, which may be a secret. */
const missing = (hint: string) => `missing: ${hint}`;

export const text = (hint: string) => z.string({ error: missing(hint) });

export const secret = (hint: string, charactersMin = 1) =>
  text(hint)
    .min(charactersMin, { error: `too short: ${hint}` })
    .transform((value) => new Secret(value));

/** A field read by a function that answers either the value or what is wrong with it. */
export function parsed<T extends object>(hint: string, parse: (value: string) => T | string) {
  return text(hint).transform((value, context) => {
    const result = parse(value);
    if (typeof result !== 'string') return result;
    context.addIssue({ code: 'custom', message: `malformed: ${result}` });
    return z.NEVER;
  });
}

export const wholeNumber = (hint: string, range: { min: number; max: number }) =>
  text(hint)
    .regex(/^\d{1,9}$/, { error: `malformed: ${hint}` })
    .transform((value) => Number.parseInt(value, 10))
    .refine((value) => value >= range.min && value <= range.max, {
      error: `out of range: ${range.min} to ${range.max}`,
    });

export const bnbAmount = (hint: string) =>
  text(hint)
    .refine(Amount.isWireText, { error: `malformed: ${hint}` })
    .transform((value) => Amount.parse('BNB', value));

function isUrlOf(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

export const httpUrl = (hint: string) =>
  text(hint).refine((value) => isUrlOf(value, ['http:', 'https:']), { error: `malformed: ${hint}` });

/** Scheme, host and port alone: cookies, passkeys and trusted origins are built from it. */
export const origin = (hint: string) =>
  httpUrl(hint)
    .refine((value) => /^https?:\/\/[^/@?#]+\/?$/.test(value), { error: `malformed: ${hint}` })
    .transform((value) => new URL(value).origin);

/** A Secret, because whoever knows the address of a chat's webhook may post there. */
export const secretHttpUrl = (hint: string) => httpUrl(hint).transform((value) => new Secret(value));

/** A Secret, because the address of a mail server carries its password. */
export const smtpUrl = (hint: string) =>
  text(hint)
    .refine((value) => isUrlOf(value, ['smtp:', 'smtps:']), { error: `malformed: ${hint}` })
    .transform((value) => new Secret(value));

/** A Secret, because the address of a database carries its password. */
export const postgresUrl = (hint: string) =>
  text(hint)
    .refine((value) => isUrlOf(value, ['postgres:', 'postgresql:']), { error: `malformed: ${hint}` })
    .transform((value) => new Secret(value));
