import type { DomainErrorCode, ErrorDetail } from '#server/kernel/errors.ts';

/** `network`: no answer came, or one that says that nobody knows what happened. `unexpected`: the server stumbled and wrote it down. */
export type FailureCode = DomainErrorCode | 'network' | 'unexpected';

export interface Failure {
  readonly code: FailureCode;
  readonly detail: ErrorDetail;
  /** What to quote when asking for help. */
  readonly incidentId: string | null;
}

interface ErrorData {
  readonly domainCode?: DomainErrorCode | null;
  readonly detail?: ErrorDetail | null;
  readonly incidentId?: string | null;
}

/** What a refused or failed call means, read from its codes and never from its text. */
export function readFailure(error: unknown): Failure {
  const data = errorData(error);
  if (!data || data.domainCode === 'system.outcome_unknown') return { code: 'network', detail: {}, incidentId: null };
  return { code: data.domainCode ?? 'unexpected', detail: data.detail ?? {}, incidentId: data.incidentId ?? null };
}

function errorData(error: unknown): ErrorData | null {
  if (typeof error !== 'object' || error === null || !('data' in error)) return null;
  const { data } = error;
  return typeof data === 'object' && data !== null ? data : null;
}
