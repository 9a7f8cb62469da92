import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { AppRouter } from '#server/trpc/root.ts';

export type ApiCaller = TRPCClient<AppRouter>;

/** Signs in as the page does, and calls the API with the cookie it got. */
export async function signInAs(appUrl: string, email: string, password: string): Promise<ApiCaller> {
  const response = await fetch(new URL('/api/auth/sign-in/email', appUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: appUrl },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`${email} cannot sign in (${response.status}): remove .data and start again.`);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const link = httpLink({ url: new URL('/api/trpc', appUrl).href, headers: { cookie, origin: appUrl } });
  return createTRPCClient<AppRouter>({ links: [link] });
}

/** A key for the platform's backend, with every scope. The caller is an admin. */
export async function createBackendKey(admin: ApiCaller, name: string): Promise<string> {
  const { key } = await admin.apiKeys.create.mutate({ name, scopes: ['read', 'credit', 'withdraw', 'wallets'] });
  return key;
}
