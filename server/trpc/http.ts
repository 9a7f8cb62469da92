import { TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { type TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { appContainer } from '#server/app-container.ts';
import type { Container } from '#server/container.ts';
import type { DomainErrorCode } from '#server/kernel/errors.ts';
import { type Context, createContext } from './context.ts';
import { reported } from './errors.ts';
import { budgetHeaders, spentHeaders } from './rate-limit.ts';
import { appRouter } from './root.ts';

const BODY_BYTES_MAX = 64 * 1_024;
const BATCH_CALLS_MAX = 20;
/** Answers are for the one who asked: no cache on the way may keep them. */
const PRIVATE = 'private, no-store';
/** A database that went away is back soon, or not at all. */
const RETRY_AFTER_S = '1';

/** `/api/trpc/*`, answered from this process's container. */
export async function handleTrpc(request: Request): Promise<Response> {
  return answerTrpc(await appContainer(), request);
}

/** Form, origin and size are looked at before anything is parsed. */
export async function answerTrpc(container: Container, request: Request): Promise<Response> {
  const refused = refusal(request, container);
  if (refused) return refused;
  const body = request.method === 'POST' ? await boundedBody(request) : undefined;
  if (body === null) return plain('PAYLOAD_TOO_LARGE', 'input.too_large', 'the body is larger than 64 KiB');
  const cookies: string[] = [];
  const setCookie = (line: string) => void cookies.push(line);
  let known: Context | undefined;
  const facts = { acting: request.method === 'POST', calls: callsIn(request) };
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    router: appRouter,
    // Only a body that was read here has to be put into a request of its own.
    req: body === undefined ? request : new Request(request.url, { method: 'POST', headers: request.headers, body }),
    createContext: () =>
      createContext(container, request.headers, facts).then(
        (context) => {
          known = { ...context, setCookie };
          return known;
        },
        (error: unknown) => refuseCaller(container, error),
      ),
    maxBatchSize: BATCH_CALLS_MAX,
    responseMeta: ({ errors }) => ({ headers: spentHeaders(errors) }),
  });
  response.headers.set('cache-control', PRIVATE);
  if (known?.budget) for (const [name, value] of budgetHeaders(known.budget)) response.headers.set(name, value);
  for (const line of cookies) response.headers.append('set-cookie', line);
  if (response.status === 503) response.headers.set('retry-after', RETRY_AFTER_S);
  return response;
}

/** How many calls a batch holds, by the names in its address. */
function callsIn({ url }: Request): number {
  const names = new URL(url).pathname.replace(/%2c/gi, ',').split(',').length;
  return Math.min(names, BATCH_CALLS_MAX);
}

/** The caller could not be made out, such as without a database: that leaves as carefully as any other error. */
function refuseCaller({ logger }: Container, cause: unknown): never {
  throw reported(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }), logger, { path: 'context' });
}

function refusal(request: Request, { config }: Container): Response | null {
  if (request.method !== 'POST') return null;
  if (!request.headers.get('content-type')?.startsWith('application/json')) {
    return plain('UNSUPPORTED_MEDIA_TYPE', 'input.invalid', 'the body must be application/json');
  }
  // As the caller is made out: an empty header is none.
  const byCookie = !request.headers.get('authorization');
  return byCookie && !sameOrigin(request.headers, config.appUrl)
    ? plain('FORBIDDEN', 'auth.forbidden', 'a change by cookie must come from the console itself')
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
function plain(code: TRPC_ERROR_CODE_KEY, domainCode: DomainErrorCode, message: string): Response {
  const httpStatus = getHTTPStatusCodeFromError(new TRPCError({ code }));
  const data = { code, httpStatus, domainCode, detail: {}, incidentId: null };
  const error = { error: { message, code: TRPC_ERROR_CODES_BY_KEY[code], data } };
  return Response.json(error, { status: httpStatus, headers: { 'cache-control': PRIVATE } });
}
