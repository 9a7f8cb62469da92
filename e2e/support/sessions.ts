import type { Cookie } from '@playwright/test';
import type { Operator } from './operators.ts';

type SessionCookie = Pick<Cookie, 'name' | 'value'>;

/** Signs in as the page does and keeps the cookie. */
async function sessionCookie(appUrl: string, email: string, password: string): Promise<SessionCookie> {
  const response = await fetch(new URL('/api/auth/sign-in/email', appUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: appUrl },
    body: JSON.stringify({ email, password }),
  });
  const [name, value] = response.headers.getSetCookie()[0]?.split(';')[0]?.split('=') ?? [];
  if (!response.ok || !name || !value) throw new Error(`${email} cannot sign in: ${response.status}`);
  return { name, value: decodeURIComponent(value) };
}

/** One session for each operator, for all tests of the run: signing in again and again would meet the rate limit. */
export async function openSessions(appUrl: string, operators: readonly Operator[], password: string): Promise<void> {
  const sessions: Record<string, SessionCookie> = {};
  for (const { email } of operators) sessions[email] = await sessionCookie(appUrl, email, password);
  process.env['E2E_SESSIONS'] = JSON.stringify(sessions);
}

/** The cookie of the session that was opened for this operator when the run began. */
export function sessionOf({ email }: Operator): SessionCookie {
  const sessions = JSON.parse(process.env['E2E_SESSIONS'] ?? '{}') as Record<string, SessionCookie>;
  const session = sessions[email];
  if (!session) throw new Error(`No session was opened for ${email}`);
  return session;
}
