import type { Cookie } from '@playwright/test';
import type { KnownSecret } from '../../scripts/canaries/secret-search.ts';
import { secretOfCookie } from '../../scripts/canaries/secrets.ts';
import { type Account, accountOf, cookieOf } from '../../scripts/local/callers.ts';
import type { LocalServices } from '../../scripts/local/services.ts';
import type { Operator } from './operators.ts';

type SessionCookie = Pick<Cookie, 'name' | 'value'>;

async function sessionCookie(appUrl: string, account: Account): Promise<SessionCookie> {
  // Beside it stands the cookie that the device is known by.
  const [session = ''] = (await cookieOf(appUrl, account)).split('; ');
  const [name = '', value = ''] = session.split('=');
  return { name, value: decodeURIComponent(value) };
}

/** One session for each operator, for all tests of the run: signing in again and again would meet the rate limit. */
export async function openSessions({ appUrl, secrets }: LocalServices, operators: readonly Operator[]): Promise<void> {
  const sessions: Record<string, SessionCookie> = {};
  for (const { email } of operators) sessions[email] = await sessionCookie(appUrl, accountOf(email, secrets));
  process.env['E2E_SESSIONS'] = JSON.stringify(sessions);
}

const opened = () => JSON.parse(process.env['E2E_SESSIONS'] ?? '{}') as Record<string, SessionCookie>;

export const secretsOfSessions = (): KnownSecret[] =>
  Object.values(opened()).map(({ name, value }) => secretOfCookie(`${name}=${encodeURIComponent(value)}`));

/** The cookie of the session that was opened for this operator when the run began. */
export function sessionOf({ email }: Operator): SessionCookie {
  const session = opened()[email];
  if (!session) throw new Error(`No session was opened for ${email}`);
  return session;
}
