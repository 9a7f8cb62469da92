import { TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { type TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { appContainer } from '#server/app-container.ts';
import { boundedBody } from '#server/bounded-body.ts';
import type { Container } from '#server/container.ts';
import { DomainError, type DomainErrorCode } from '#server/kernel/errors.ts';
import { type Context, createContext } from './context.ts';
import { factsOf, reported } from './errors.ts';
import { budgetHeaders, spentHeaders } from './rate-limit.ts';
import { recordRefusal } from './refusals.ts';
import { appRouter } from './root.ts';

const ENDPOINT = '/api/trpc';
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
  if (refused) return refuseAtDoor(container, request, refused);
  const body = request.method === 'POST' ? await boundedBody(request, BODY_BYTES_MAX) : undefined;
  if (body === null) return refuseAtDoor(container, request, TOO_LARGE);
  const cookies: string[] = [];
  const setCookie = (line: string) => void cookies.push(line);
  let known: Context | undefined;
  const facts = { acting: request.method === 'POST', ...askedFor(request) };
  const response = await fetchRequestHandler({
    endpoint: ENDPOINT,
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

/** The procedures that an address names. */
function namesIn({ url }: Request): string[] {
  const path = new URL(url).pathname.slice(ENDPOINT.length).replace(/^\/+|\/+$/g, '');
  try {
    return decodeURIComponent(path).split(',');
  } catch {
    return path.split(',');
  }
}

const isOurs = (path: string): boolean => Object.hasOwn(appRouter._def.procedures, path);

/** How many calls it counts as, and which of our procedures are named: of other names nothing is kept. */
function askedFor(request: Request): { readonly calls: number; readonly called: readonly string[] } {
  const names = namesIn(request);
  const called = [...new Set(names.filter(isOurs))].slice(0, BATCH_CALLS_MAX);
  return { calls: Math.min(names.length, BATCH_CALLS_MAX), called };
}

/** The caller could not be made out, such as without a database: that leaves as carefully as any other error. */
function refuseCaller({ logger }: Container, cause: unknown): never {
  throw reported(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }), logger, { path: 'context' });
}

const atDoor = (code: TRPC_ERROR_CODE_KEY, domainCode: DomainErrorCode, message: string): TRPCError =>
  new TRPCError({ code, message, cause: new DomainError(domainCode, message) });

const TOO_LARGE = atDoor('PAYLOAD_TOO_LARGE', 'input.too_large', 'the body is larger than 64 KiB');
const NOT_JSON = atDoor('UNSUPPORTED_MEDIA_TYPE', 'input.invalid', 'the body must be application/json');
const FROM_ELSEWHERE = atDoor('FORBIDDEN', 'auth.forbidden', 'a change by cookie must come from the console itself');

function refusal(request: Request, { config }: Container): TRPCError | null {
  if (request.method !== 'POST') return null;
  if (!request.headers.get('content-type')?.startsWith('application/json')) return NOT_JSON;
  // As the caller is made out: an empty header is none.
  const byCookie = !request.headers.get('authorization');
  return byCookie && !sameOrigin(request.headers, config.appUrl) ? FROM_ELSEWHERE : null;
}

/** Refused before any procedure, and in the record all the same, with whoever is behind it; their session is not kept alive by it. */
async function refuseAtDoor(container: Container, request: Request, error: TRPCError): Promise<Response> {
  const asked = askedFor(request);
  const context = await createContext(container, request.headers, asked).catch((cause: unknown) => {
    reported(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }), container.logger, { path: 'context' });
  });
  if (!context) return plain(error);
  for (const path of asked.called) await recordRefusal(context, { path, type: 'mutation', input: undefined, error });
  return plain(error);
}

/** A browser always says where a change comes from; what says nothing is not a browser, and has no business with a cookie. */
function sameOrigin(headers: Headers, appUrl: string): boolean {
  return headers.get('origin') === appUrl && headers.get('sec-fetch-site') !== 'cross-site';
}

/** An answer in tRPC's own form, so that clients need only one way to read errors. */
function plain(error: TRPCError): Response {
  const { code, message } = error;
  const httpStatus = getHTTPStatusCodeFromError(error);
  const data = { code, httpStatus, ...factsOf(error) };
  const body = { error: { message, code: TRPC_ERROR_CODES_BY_KEY[code], data } };
  return Response.json(body, { status: httpStatus, headers: { 'cache-control': PRIVATE } });
}
