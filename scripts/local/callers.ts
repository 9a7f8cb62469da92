import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { AppRouter } from '#server/trpc/root.ts';

export type ApiCaller = TRPCClient<AppRouter>;

/** Signs in as the page does; the cookie it got, for `callerWith`. */
export async function cookieOf(appUrl: string, email: string, password: string): Promise<string> {
  const response = await fetch(new URL('/api/auth/sign-in/email', appUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: appUrl },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`${email} cannot sign in (${response.status}): remove .data and start again.`);
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

/** Calls the API with a session's cookie. `url`: where the web listens, when that is not the address people use. */
export function callerWith(cookie: string, { appUrl, url = appUrl }: { appUrl: string; url?: string }): ApiCaller {
  const link = httpLink({ url: new URL('/api/trpc', url).href, headers: { cookie, origin: appUrl } });
  return createTRPCClient<AppRouter>({ links: [link] });
}

export const signInAs = async (appUrl: string, email: string, password: string): Promise<ApiCaller> =>
  callerWith(await cookieOf(appUrl, email, password), { appUrl });

/** A key for the platform's backend, with every scope. The caller is an admin. */
export async function createBackendKey(admin: ApiCaller, name: string): Promise<string> {
  const { key } = await admin.apiKeys.create.mutate({ name, scopes: ['read', 'credit', 'withdraw', 'wallets'] });
  return key;
}
