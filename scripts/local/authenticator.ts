import { setTimeout as pause } from 'node:timers/promises';
import { fromBase32 } from '#server/operators/second-factor/base32.ts';
import { codeAt, stepAt } from '#server/operators/second-factor/totp.ts';

// What an authenticator app does, for accounts whose key a local stack has made up.

const LOOK_EVERY_MS = 200;
const STEP_MS = 30_000;
const ON_ITS_WAY_MS = 10_000;
const MS_A_SECOND = 1_000;
/** The last time step whose code was given out, for each account: a code counts once. */
const spent = new Map<string, number>();

/** A code that this process has not given out for the account yet; waits when those of now are all spent. */
export async function nextCode(account: string, key: string): Promise<string> {
  // The oldest that the server still takes, also when it arrives a while later.
  const step = Math.max((spent.get(account) ?? 0) + 1, stepAt(new Date(Date.now() + ON_ITS_WAY_MS)) - 1);
  spent.set(account, step);
  // The server takes a code that is one step ahead.
  while (stepAt(new Date()) + 1 < step) await pause(LOOK_EVERY_MS);
  return codeAt(fromBase32(key), step);
}

/** Until the code that an app shows right now is one that nobody has used. */
export async function untilCodesAreFresh(): Promise<void> {
  while (Math.max(0, ...spent.values()) >= stepAt(new Date())) await pause(LOOK_EVERY_MS);
}

export interface ToldCode {
  readonly code: string;
  /** For how long it counts: one step longer than an app shows it. */
  readonly seconds: number;
}

const toldAt = (key: string, step: number): ToldCode => ({
  code: codeAt(fromBase32(key), step),
  seconds: Math.ceil(((step + 2) * STEP_MS - Date.now()) / MS_A_SECOND),
});

/** What an app shows right now. */
export const codeOfNow = (key: string): ToldCode => toldAt(key, stepAt(new Date()));
export const currentCode = (key: string): string => codeOfNow(key).code;

/** Tells codes to people who have no app: each only once, and so with a wait when all of now have been told. */
export class CodeTeller {
  readonly #key: string;
  readonly #pause: (ms: number) => Promise<unknown>;
  #last = 0;

  constructor(key: string, wait: (ms: number) => Promise<unknown> = pause) {
    this.#key = key;
    this.#pause = wait;
  }

  /** `waiting` hears for how many seconds there will be none. */
  async next(waiting: (seconds: number) => void = () => undefined): Promise<ToldCode> {
    const step = Math.max(this.#last + 1, stepAt(new Date()));
    this.#last = step;
    // The server takes a code that is one step ahead.
    const waitMs = (step - 1) * STEP_MS - Date.now();
    if (waitMs > 0) {
      waiting(Math.ceil(waitMs / MS_A_SECOND));
      await this.#pause(waitMs);
    }
    return toldAt(this.#key, step);
  }
}
