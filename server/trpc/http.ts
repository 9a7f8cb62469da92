import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { appContainer } from '#server/app-container.ts';
import type { Container } from '#server/container.ts';
import { createContext } from './context.ts';
import { appRouter } from './root.ts';

const BODY_BYTES_MAX = 64 * 1_024;
const BATCH_CALLS_MAX = 20;
/** Answers are for the one who asked: no cache on the way may keep them. */
const PRIVATE = 'private, no-store';

/** `/api/trpc/*`: size, origin and batch are looked at before anything is parsed. */
export async function handleTrpc(request: Request): Promise<Response> {
  const container = await appContainer();
  const refused = refusal(request, container);
  if (refused) return refused;
  const body = request.method === 'POST' ? await boundedBody(request) : undefined;
  if (body === null) return plain(413, 'input.too_large', 'the body is larger than 64 KiB');
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    router: appRouter,
    req: new Request(request.url, { method: request.method, headers: request.headers, ...(body ? { body } : {}) }),
    createContext: () => createContext(container, request.headers),
  });
  response.headers.set('cache-control', PRIVATE);
  return response;
}

function refusal(request: Request, { config }: Container): Response | null {
  const { pathname } = new URL(request.url);
  if (pathname.split(',').length > BATCH_CALLS_MAX) return plain(400, 'input.invalid', 'at most 20 calls in a batch');
  if (request.method !== 'POST') return null;
  if (!request.headers.get('content-type')?.startsWith('application/json')) {
    return plain(415, 'input.invalid', 'the body must be application/json');
  }
  const byCookie = !request.headers.has('authorization');
  return byCookie && !sameOrigin(request.headers, config.appUrl)
    ? plain(403, 'auth.forbidden', 'a change by cookie must come from the console itself')
    : null;
}

/** A browser always says where a change comes from; what says nothing is not a browser, and has no business with a cookie. */
function sameOrigin(headers: Headers, appUrl: string): boolean {
  return headers.get('origin') === appUrl && headers.get('sec-fetch-site') !== 'cross-site';
}

/** The body, or null when it is longer than allowed, whatever its header said. */
async function boundedBody(request: Request): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES_MAX) return null;
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** An answer in tRPC's own form, so that clients need only one way to read errors. */
function plain(httpStatus: number, domainCode: string, message: string): Response {
  const data = { code: domainCode, httpStatus, domainCode, detail: {}, incidentId: null };
  const error = { error: { message, code: -32_600, data } };
  return Response.json(error, { status: httpStatus, headers: { 'cache-control': PRIVATE } });
}
