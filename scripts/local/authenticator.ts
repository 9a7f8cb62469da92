import { setTimeout as pause } from 'node:timers/promises';
import { fromBase32 } from '#server/operators/second-factor/base32.ts';
import { codeAt, stepAt } from '#server/operators/second-factor/totp.ts';

// What an authenticator app does, for accounts whose key a local stack has made up.

const LOOK_EVERY_MS = 200;
/** The last time step whose code was given out, for each account: a code counts once. */
const spent = new Map<string, number>();

/** A code that this process has not given out for the account yet; waits when those of now are all spent. */
export async function nextCode(account: string, key: string): Promise<string> {
  const step = Math.max((spent.get(account) ?? 0) + 1, stepAt(new Date()) - 1);
  spent.set(account, step);
  // The server takes a code that is one step ahead.
  while (stepAt(new Date()) + 1 < step) await pause(LOOK_EVERY_MS);
  return codeAt(fromBase32(key), step);
}

/** Until the code that an app shows right now is one that nobody has used. */
export async function untilCodesAreFresh(): Promise<void> {
  while (Math.max(0, ...spent.values()) >= stepAt(new Date())) await pause(LOOK_EVERY_MS);
}

export const currentCode = (key: string): string => codeAt(fromBase32(key), stepAt(new Date()));
