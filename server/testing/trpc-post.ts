import { answerTrpc } from '#server/trpc/http.ts';
import type { TestApplication } from './application.ts';

interface Reply {
  readonly result?: { readonly data: unknown };
  readonly error?: { readonly data: { readonly domainCode: string | null } };
}

/** A change as a browser with this cookie sends it, and what it gets: its cookie is the new one when there is a new one. */
export async function trpcPost(
  { container }: TestApplication,
  { cookie, path, input }: { cookie: string; path: string; input: object },
) {
  const { appUrl } = container.config;
  const request = new Request(`${appUrl}/api/trpc/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: appUrl, cookie },
    body: JSON.stringify(input),
  });
  const response = await answerTrpc(container, request);
  const { result, error } = (await response.json()) as Reply;
  const [setCookie = ''] = response.headers.getSetCookie();
  return {
    status: response.status,
    data: result?.data,
    code: error?.data.domainCode,
    setCookie,
    cookie: setCookie.split(';')[0] ?? '',
  };
}
