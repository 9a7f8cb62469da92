import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { Secret } from '#server/kernel/secret.ts';
import { postOnce } from '#server/provider-transport/index.ts';
import { SCREENING_VERDICTS, type ScreeningAnswer, type ScreeningService } from '#server/risk/screening.port.ts';

const DEADLINE_MS = 10_000;
const REPLY_BYTES_MAX = 64 * 1024;

const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .nullish()
    .transform((value) => value || null);
/** More may stand in it; what is not one of the verdicts is none. */
const reply = z.object({ verdict: z.enum(SCREENING_VERDICTS), reference: text(128), reason: text(200) });

interface ScreeningOptions {
  readonly url: Secret;
  readonly secret: Secret;
  /** Throws inside a database transaction. */
  readonly guard: () => void;
}

/**
 * One signed POST on a fresh socket, to the one address that is configured, without redirects. Signed like our webhooks,
 * in the format of Standard Webhooks, so that the service knows who asks.
 */
export function screeningService({ url, secret, guard }: ScreeningOptions): ScreeningService {
  const target = new URL(url.reveal());
  return async (order) => {
    guard();
    const body = JSON.stringify(order);
    const at = new Date();
    const id = order.withdrawalId;
    const result = await postOnce({
      url: target,
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'Countersign',
        'webhook-id': id,
        'webhook-timestamp': `${Math.floor(at.getTime() / 1_000)}`,
        'webhook-signature': new Webhook(secret.reveal(), { format: 'raw' }).sign(id, at, body),
      },
      body,
      deadlineMs: DEADLINE_MS,
      bodyBytesMax: REPLY_BYTES_MAX,
    });
    if (result.kind === 'failed') return { kind: 'unknown', reason: result.error };
    if (result.status < 200 || result.status > 299) return { kind: 'unknown', reason: `http_${result.status}` };
    return answerIn(result.body);
  };
}

function answerIn(body: string): ScreeningAnswer {
  const read = reply.safeParse(parsed(body));
  return read.success ? { kind: 'verdict', ...read.data } : { kind: 'unknown', reason: 'unreadable_reply' };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
