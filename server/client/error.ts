import { DOMAIN_ERROR_CODES, type DomainErrorCode, type ErrorDetail } from '../kernel/errors.ts';

/**
 * `network`: no answer came that could be read. `unexpected`: the server stumbled and wrote it down under `incidentId`,
 * or is newer than this client. All others are refusals on purpose.
 */
export type CountersignErrorCode = DomainErrorCode | 'network' | 'unexpected';

/** What the server says of an error, as it stands in the answer. */
export interface ErrorData {
  readonly code: string;
  readonly httpStatus: number;
  readonly domainCode: string | null;
  readonly detail: ErrorDetail;
  readonly incidentId: string | null;
}

interface Facts {
  readonly message: string;
  readonly data: ErrorData | null;
  /** Whether it was asked to do something, and this does not say that it was not done. */
  readonly isOutcomeUnknown: boolean;
  readonly retryAfterMs: number | null;
  readonly cause?: unknown;
}

/** Every failure of a call. Read `code`; the message is for people. */
export class CountersignError extends Error {
  override readonly name = 'CountersignError';
  readonly code: CountersignErrorCode;
  readonly detail: ErrorDetail;
  /** What to quote when asking for help. */
  readonly incidentId: string | null;
  /** It may have been done and it may not: make the same call with the same idempotency key again. */
  readonly isOutcomeUnknown: boolean;
  /** How long the server asks to wait. */
  readonly retryAfterMs: number | null;
  /** The answer's own words; null when none came. */
  readonly data: ErrorData | null;

  constructor({ message, data, isOutcomeUnknown, retryAfterMs, cause }: Facts) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = data === null ? 'network' : knownCode(data.domainCode);
    this.detail = data?.detail ?? {};
    this.incidentId = data?.incidentId ?? null;
    this.isOutcomeUnknown = isOutcomeUnknown || this.code === 'system.outcome_unknown';
    this.retryAfterMs = retryAfterMs;
    this.data = data;
  }
}

const knownCode = (code: string | null): CountersignErrorCode =>
  DOMAIN_ERROR_CODES.find((each) => each === code) ?? 'unexpected';
