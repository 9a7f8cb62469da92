import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import { API_KEY_CALLS } from '#server/operators/statuses.ts';
import type { SoftAuthenticator } from '#server/testing/soft-authenticator.ts';
import type { AppRouter } from '#server/trpc/root.ts';
import { nextCode } from './authenticator.ts';
import type { LocalSecrets } from './secrets.ts';
import { deviceOf, givingSecondFactor } from './step-up.ts';

/** Those of before, now and after, and one more for a step that ended meanwhile. */
const CODES_MAX = 4;

export type ApiCaller = TRPCClient<AppRouter>;

/** Someone with an account, and what they know and have. */
export interface Account {
  readonly email: string;
  readonly password: string;
  /** Base32, for the code of the authenticator app. */
  readonly totpKey: string;
  readonly device: (appUrl: string) => SoftAuthenticator;
}

export const accountOf = (email: string, secrets: LocalSecrets): Account => ({
  email,
  password: secrets.DEMO_PASSWORD,
  totpKey: secrets.DEMO_TOTP_KEY,
  device: (appUrl) => deviceOf(email, secrets, appUrl),
});

const post = (appUrl: string, path: string, { cookie, body }: { cookie?: string; body: object }) =>
  fetch(new URL(path, appUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: appUrl, ...(cookie && { cookie }) },
    body: JSON.stringify(body),
  });

const cookieIn = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

/** Signs in as the page does, with the second factor when it is asked for; the cookie it got, for `callerOf`. */
export async function cookieOf(appUrl: string, account: Account): Promise<string> {
  const { email, password } = account;
  const response = await post(appUrl, '/api/auth/sign-in/email', { body: { email, password } });
  if (!response.ok) throw new Error(`${email} cannot sign in (${response.status}): remove .data and start again.`);
  const cookie = cookieIn(response);
  const { state } = await callerOf({ cookie }, { appUrl }).secondFactor.state.query({});
  return state === 'asked' ? secondStep(appUrl, account, cookie) : cookie;
}

/** Another process may have used the codes of now: then the next one is. */
async function secondStep(appUrl: string, { email, totpKey }: Account, cookie: string): Promise<string> {
  for (let tries = 0; tries < CODES_MAX; tries += 1) {
    const body = { code: await nextCode(email, totpKey) };
    const response = await post(appUrl, '/api/trpc/secondFactor.verify', { cookie, body });
    if (response.ok) return cookieIn(response);
    const text = await response.text();
    if (!text.includes('second_factor.code_used')) throw new Error(`${email} has no right code: ${text}`);
  }
  throw new Error(`${email}: every code was used`);
}

export interface Reach {
  /** The address people use. */
  readonly appUrl: string;
  /** Where the web listens, when that is another one. */
  readonly url?: string;
  readonly fetch?: NonNullable<Parameters<typeof httpLink>[0]['fetch']>;
  /** Gives the second factor whenever a call needs it. */
  readonly device?: SoftAuthenticator;
}

/** Calls the API with a session's cookie, or with whatever else says who one is. */
export function callerOf(headers: Readonly<Record<string, string>>, reach: Reach): ApiCaller {
  const { appUrl, url = appUrl, device } = reach;
  const wire = httpLink({
    url: new URL('/api/trpc', url).href,
    headers: { origin: appUrl, ...headers },
    ...(reach.fetch && { fetch: reach.fetch }),
  });
  const plain = createTRPCClient<AppRouter>({ links: [wire] });
  if (!device) return plain;
  return createTRPCClient<AppRouter>({ links: [givingSecondFactor(device, () => plain), wire] });
}

export async function signInAs(appUrl: string, account: Account): Promise<ApiCaller> {
  return callerOf({ cookie: await cookieOf(appUrl, account) }, { appUrl, device: account.device(appUrl) });
}

/** A key for the platform's backend, with every scope and as many calls as there may be. The caller is an admin. */
export async function createBackendKey(admin: ApiCaller, name: string): Promise<string> {
  const scopes = ['read', 'credit', 'withdraw', 'wallets'] as const;
  const { key } = await admin.apiKeys.create.mutate({ name, scopes: [...scopes], callsPerMinute: API_KEY_CALLS.max });
  return key;
}
