import { CountersignError, type ErrorData } from './error.ts';

/** One procedure, asked once. */
export interface Call {
  readonly path: string;
  readonly how: 'query' | 'mutate';
  readonly input: unknown;
  readonly signal: AbortSignal | undefined;
}

export interface Server {
  readonly url: string;
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
}

/** Asks once. Whatever goes wrong is a `CountersignError`, but for what the caller's own signal says. */
export async function askOnce(call: Call, server: Server): Promise<unknown> {
  const failed = (message: string, more: { data?: ErrorData; retryAfterMs?: number | null; cause?: unknown } = {}) =>
    new CountersignError({
      message,
      data: null,
      retryAfterMs: null,
      ...more,
      isOutcomeUnknown: call.how === 'mutate' && more.data === undefined,
    });
  let response: Response;
  let body: unknown;
  try {
    response = await send(call, server);
    body = await response.json().catch(() => null);
  } catch (cause) {
    if (call.signal?.aborted) throw cause;
    throw failed(`no answer from ${server.url}`, { cause });
  }
  if (isRecord(body) && isRecord(body['result'])) return body['result']['data'];
  const error = isRecord(body) ? errorIn(body['error']) : null;
  const retryAfterMs = secondsIn(response.headers.get('retry-after'));
  if (!error) throw failed(`an answer with status ${response.status} that is not Countersign's`, { retryAfterMs });
  throw failed(error.message, { data: error.data, retryAfterMs });
}

function send({ path, how, input, signal }: Call, { url, apiKey, timeoutMs, fetch }: Server): Promise<Response> {
  const address = new URL(`/api/trpc/${path}`, url);
  const limit = AbortSignal.timeout(timeoutMs);
  const common = {
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
    redirect: 'error' as const,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
  };
  if (how === 'mutate') return fetch(address, { ...common, method: 'POST', body: JSON.stringify(input) });
  if (input !== undefined) address.searchParams.set('input', JSON.stringify(input));
  return fetch(address, common);
}

function errorIn(error: unknown): { readonly message: string; readonly data: ErrorData } | null {
  if (!isRecord(error) || !isRecord(error['data'])) return null;
  const { code, httpStatus, domainCode, detail, incidentId } = error['data'];
  if (typeof code !== 'string' || typeof httpStatus !== 'number') return null;
  return {
    message: String(error['message']),
    data: {
      code,
      httpStatus,
      domainCode: typeof domainCode === 'string' ? domainCode : null,
      detail: isRecord(detail) ? (detail as ErrorData['detail']) : {},
      incidentId: typeof incidentId === 'string' ? incidentId : null,
    },
  };
}

const secondsIn = (header: string | null): number | null =>
  header !== null && /^\d{1,5}$/.test(header) ? Number.parseInt(header, 10) * 1_000 : null;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
