import type { PostResult } from './http-post.ts';
import { judgeHttp, judgeRateLimit } from './http-verdicts.ts';
import { parseJson } from './lossless-json.ts';
import type { Envelope, ProviderProtocol } from './provider-protocol.ts';
import type { RefusedOrder } from './refusal-list.ts';
import { judgeTransport } from './transport-verdicts.ts';
import { unknown, unknownIncident, type Verdict } from './verdict.ts';

export type JudgedReply =
  | { readonly kind: 'success'; readonly reply: unknown }
  /** The vendor itself said no. */
  | { readonly kind: 'refusal'; readonly message: string | null; readonly verdict: Verdict }
  | { readonly kind: 'failure'; readonly verdict: Verdict };

/** Applies the tables in their order: transport, then the vendor's envelope, then the HTTP status where there is none. */
export function judgeReply(
  protocol: ProviderProtocol,
  result: PostResult,
  context: { readonly endedAt: Date; readonly order: RefusedOrder },
): JudgedReply {
  if (result.kind === 'failed') return { kind: 'failure', verdict: judgeTransport(result.bytesWritten, result.error) };
  const http = { status: result.status, retryAfter: result.headers['retry-after'], at: context.endedAt };
  const reply = readJson(result.body);
  const envelope = protocol.readEnvelope(reply);
  if (envelope === null) return { kind: 'failure', verdict: judgeHttp(http) };
  if (envelope.success) return { kind: 'success', reply };
  const listed = judgeRefusal(protocol, envelope, context.order);
  // Without words only the HTTP status says anything; words that are on no list prove nothing, whatever it says.
  const isRateLimit = http.status === 429 && !envelope.message;
  const unlisted = isRateLimit ? judgeRateLimit(http) : unknown('unlisted_refusal');
  return { kind: 'refusal', message: envelope.message, verdict: listed ?? unlisted };
}

function judgeRefusal(
  protocol: ProviderProtocol,
  refusal: Envelope & { success: false },
  order: RefusedOrder,
): Verdict | null {
  if (refusal.namesReference) return unknownIncident('refused_with_reference');
  return refusal.message === null ? null : protocol.judgeRefusal(refusal.message, order);
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
