import { setTimeout as pause } from 'node:timers/promises';
import { TRPCClientError } from '@trpc/client';
import type { SoftAuthenticator } from '#server/testing/soft-authenticator.ts';
import { type ApiCaller, accountOf, callerOf, cookieOf, createBackendKey, type Reach } from '../local/callers.ts';
import { Hands } from './hands.ts';
import { PEOPLE, type World } from './world.ts';

const ANSWER_WITHIN_MS = 10_000;
const AGAIN_AFTER_MS = 200;
/** Long in time and in tries: some of the time a call waits for its caller's hands. */
const PATIENCE = { ms: 300_000, tries: 60 } as const;
/** One person or program at once: a herd that comes back after each crash would only measure the herd. */
const CALLS_AT_ONCE = 4;

/** How often callers met what: by the code of the refusal, or `no answer`, or `500`. */
export type Tally = Map<string, number>;

export const count = (tally: Tally, what: string): void => {
  tally.set(what, (tally.get(what) ?? 0) + 1);
};

/** What became of a call whose caller did not give up: its answer, or the code it was refused with. */
export type Ending<T> =
  | { readonly kind: 'answer'; readonly value: T; readonly tries: number }
  | { readonly kind: 'refused'; readonly code: string; readonly tries: number };

/** What goes away by itself: the same call may be made again. */
const MAY_PASS = [
  ...['system.busy', 'system.outcome_unknown', 'mining.account_unknown', 'rate.limited', 'provider.unreachable'],
  // The second factor was given, and that answer got lost: it is given again.
  'auth.step_up_required',
];

interface ErrorData {
  readonly domainCode?: string;
  readonly httpStatus?: number;
}

/** The code of a refusal; else the HTTP status, which says that nobody foresaw it; else `no answer`. */
function codeOf(error: unknown): { readonly code: string; readonly isTyped: boolean } {
  const data = error instanceof TRPCClientError ? (error.data as ErrorData | null) : null;
  if (data?.domainCode) return { code: data.domainCode, isTyped: true };
  return { code: data?.httpStatus ? String(data.httpStatus) : 'no answer', isTyped: false };
}

/** Reads an error as a program would: `null` means that nothing is known, or that the same call may be made again. */
function refusalOf(error: unknown, ...tallies: readonly Tally[]): string | null {
  const { code, isTyped } = codeOf(error);
  for (const tally of tallies) count(tally, code);
  return isTyped && !MAY_PASS.includes(code) ? code : null;
}

/** Names the call as it stands in the source. */
function outOfPatience(
  cause: unknown,
  { call, tries, met }: { call: (client: ApiCaller) => unknown; tries: number; met: Tally },
): Error {
  const reasons = [...met].map(([reason, times]) => `${times} x ${reason}`).join(', ');
  return new Error(`no answer to ${call} after ${tries} tries (${reasons})`, { cause });
}

/** Who calls, and what gives their second factor. */
interface Caller {
  readonly headers: Readonly<Record<string, string>>;
  readonly device?: SoftAuthenticator;
}

/** Somebody who calls the product over HTTP, takes the next web when one does not answer, and never gives up early. */
export class PatientCaller {
  /** What each of its requests says about who sends it. */
  readonly headers: Readonly<Record<string, string>>;
  readonly #clients: readonly [ApiCaller, ...ApiCaller[]];
  readonly #tally: Tally;
  readonly #hands = new Hands(CALLS_AT_ONCE);
  #next = 0;

  constructor(world: World, { headers, device }: Caller, tally: Tally) {
    this.headers = headers;
    this.#tally = tally;
    const { appUrl, webUrls } = world;
    const clientOf = (url: string) => callerOf(headers, { appUrl, url, fetch: inTime, ...(device && { device }) });
    const [first, ...others] = webUrls;
    this.#clients = [clientOf(first), ...others.map(clientOf)];
  }

  /** Calls until it is answered or refused; an answer that got lost is asked for again with the very same call. */
  async call<T>(make: (client: ApiCaller) => Promise<T>): Promise<Ending<T>> {
    const met: Tally = new Map();
    for (const [until, from] = [Date.now() + PATIENCE.ms, 1], tries = { made: from }; ; tries.made += 1) {
      try {
        return { kind: 'answer', value: await this.#hands.use(() => make(this.#client())), tries: tries.made };
      } catch (error) {
        const code = refusalOf(error, this.#tally, met);
        if (code !== null) return { kind: 'refused', code, tries: tries.made };
        if (Date.now() > until && tries.made > PATIENCE.tries)
          throw outOfPatience(error, { call: make, tries: tries.made, met });
        await pause(AGAIN_AFTER_MS * Math.min(tries.made, 5));
      }
    }
  }

  /** Calls once. Resolves to what `say` makes of the answer, else to the code of the refusal, the status or `no answer`. */
  async once<T>(make: (client: ApiCaller) => Promise<T>, say: (answer: T) => string): Promise<string> {
    try {
      return say(await make(this.#client()));
    } catch (error) {
      return codeOf(error).code;
    }
  }

  /** The same as `call` for what cannot be refused. */
  async ask<T>(make: (client: ApiCaller) => Promise<T>): Promise<T> {
    const ending = await this.call(make);
    if (ending.kind === 'refused') throw new Error(`refused: ${ending.code}`);
    return ending.value;
  }

  #client(): ApiCaller {
    this.#next += 1;
    return this.#clients[this.#next % this.#clients.length] ?? this.#clients[0];
  }
}

const inTime: NonNullable<Reach['fetch']> = (input, init) =>
  fetch(input, { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) } as RequestInit);

export interface Cast {
  readonly platform: PatientCaller;
  readonly finance: readonly [PatientCaller, PatientCaller];
  readonly admin: PatientCaller;
  readonly tally: Tally;
  /** What the platform sends with each request. */
  readonly platformHeaders: Readonly<Record<string, string>>;
}

/** The platform with its key, two people of finance and an admin, signed in while nothing is wrong yet. */
export async function castOf(world: World): Promise<Cast> {
  const tally: Tally = new Map();
  const { appUrl, secrets } = world;
  const person = async ({ email }: { email: string }) => {
    const account = accountOf(email, secrets);
    const headers = { cookie: await cookieOf(appUrl, account) };
    return new PatientCaller(world, { headers, device: account.device(appUrl) }, tally);
  };
  const [one, two, three] = PEOPLE;
  const admin = await person(three);
  const key = await admin.ask((client) => createBackendKey(client, 'chaos'));
  const platformHeaders = { authorization: `Bearer ${key}` };
  return {
    platformHeaders,
    platform: new PatientCaller(world, { headers: platformHeaders }, tally),
    finance: [await person(one), await person(two)],
    admin,
    tally,
  };
}
