import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import type { Logger } from '#server/config/index.ts';
import { DomainError, type DomainErrorCode, type ErrorDetail } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import { TRPC_CODES } from './error-table.ts';

/** What a program may read of an error, beside its text. */
export interface ErrorFacts {
  readonly domainCode: DomainErrorCode | null;
  readonly detail: ErrorDetail;
  /** For an error nobody foresaw: what to tell us, and all that anybody learns. */
  readonly incidentId: string | null;
}

/** An error nobody foresaw. Its text says nothing; the log has the cause under the same id. */
export class Incident extends Error {
  override readonly name = 'Incident';
  readonly id = newId();

  constructor(cause: unknown) {
    super('something unexpected happened', { cause });
  }
}

/** Turns what was thrown into what may be said. */
export function translated(error: TRPCError): TRPCError {
  const { cause } = error;
  if (cause instanceof Incident) return error;
  if (cause instanceof DomainError) {
    return new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
  }
  if (error.code === 'BAD_REQUEST') return new TRPCError({ code: 'BAD_REQUEST', message: inputText(cause), cause });
  if (error.code !== 'INTERNAL_SERVER_ERROR') return error;
  const incident = new Incident(cause ?? error);
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: incident.message, cause: incident });
}

/** The same, and what nobody foresaw goes to the log under the id that the caller gets. */
export function reported(
  error: TRPCError,
  logger: Logger,
  where: { readonly requestId?: string; readonly path?: string },
): TRPCError {
  const said = translated(error);
  const { cause } = said;
  if (cause instanceof Incident) logger.error({ incidentId: cause.id, ...where, err: cause.cause }, 'incident');
  return said;
}

export function factsOf({ code, cause }: TRPCError): ErrorFacts {
  if (cause instanceof DomainError) return { domainCode: cause.code, detail: cause.detail, incidentId: null };
  if (cause instanceof Incident) return { domainCode: null, detail: {}, incidentId: cause.id };
  const field = cause instanceof ZodError ? cause.issues[0]?.path.join('.') : undefined;
  if (code === 'PAYLOAD_TOO_LARGE') return { domainCode: 'input.too_large', detail: {}, incidentId: null };
  return {
    domainCode: code === 'BAD_REQUEST' || code === 'PARSE_ERROR' ? 'input.invalid' : null,
    detail: field ? { field } : {},
    incidentId: null,
  };
}

function inputText(cause: unknown): string {
  const issue = cause instanceof ZodError ? cause.issues[0] : undefined;
  return issue ? `${issue.path.join('.') || 'input'}: ${issue.message}` : 'the input is not valid';
}
