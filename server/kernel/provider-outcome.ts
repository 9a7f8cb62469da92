/**
 * What is known after an instruction to a provider. The one rule: `unknown` is never sent again and never refunded.
 *
 * - `accepted`: the provider took it and named it.
 * - `rejected`: it provably did not run. `again` may be tried once more, `never` is final, `when_funded` waits for money.
 * - `blocked`: it provably did not run, and nothing of the kind will until a person mends the configuration.
 * - `unknown`: it may have run. Only evidence decides.
 */
export type ProviderOutcome<T> =
  | { readonly kind: 'accepted'; readonly value: T; readonly evidence: ProviderEvidence }
  | {
      readonly kind: 'rejected';
      readonly retry: 'again' | 'never' | 'when_funded';
      readonly retryAfterMs?: number;
      /** The wallet must not be used before people have looked at it. */
      readonly quarantinesWallet?: boolean;
      readonly reason: string;
      readonly evidence: ProviderEvidence;
    }
  | {
      readonly kind: 'blocked';
      readonly scope: 'provider' | 'wallet';
      readonly reason: string;
      readonly evidence: ProviderEvidence;
    }
  | {
      readonly kind: 'unknown';
      readonly reason: string;
      /** Worth an incident, of this kind. */
      readonly incident?: ContradictoryReply;
      /** Says that an address or a form is wrong: the next one would end the same, so that nothing more is sent. */
      readonly pausesProvider?: boolean;
      readonly evidence: ProviderEvidence;
    };

/** What an answer may be that contradicts what was asked, or itself. */
export type ContradictoryReply = 'echo_mismatch' | 'refused_with_reference';

/** What was seen on the wire, secrets removed. Times are ISO 8601 UTC. */
export interface ProviderEvidence {
  readonly provider: ProviderName;
  readonly method: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** Whether the first byte of the request may have left this process. */
  readonly bytesWritten: boolean;
  readonly httpStatus?: number;
  /** The reply's text, cut at `EVIDENCE_BODY_CHARS_MAX`. */
  readonly body?: string;
  /** The transport's error code or our own word for what went wrong. */
  readonly error?: string;
}

export const PROVIDERS = ['hashdam', 'mblock'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/** Reasons of `rejected` that say the provider was not reached or had no time, and nothing about the order. */
export const NOT_REACHED_REASONS = [
  'connect_timeout',
  'name_not_resolved',
  'not_connected',
  'connection_lost_before_request',
  'rate_limited',
] as const;
export type NotReachedReason = (typeof NOT_REACHED_REASONS)[number];

export const EVIDENCE_BODY_CHARS_MAX = 4_000;
