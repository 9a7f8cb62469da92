import { hrefOf, loaderOf, oneOf, text, texts, type ValuesOf } from '#components/url/params.ts';
import type { ExceptionListInput, ExceptionRow } from '#server/resolution/contract.ts';
import { EXCEPTION_FILTERS } from '#server/resolution/statuses.ts';

export const PAGE_ROWS = 50;

export const exceptionSearch = {
  /** Absent: everything that needs people. */
  kind: oneOf(EXCEPTION_FILTERS),
  /** The cursors walked through so far: the last is this page's, the ones before lead back. */
  after: texts,
  /** What the panel shows, see `subjectOf`. */
  id: text,
};
export type ExceptionSearch = ValuesOf<typeof exceptionSearch>;

export const loadExceptionSearch = loaderOf(exceptionSearch);
export const exceptionHref = hrefOf(exceptionSearch);

export const listInput = ({ kind, after }: Pick<ExceptionSearch, 'kind' | 'after'>): ExceptionListInput => ({
  ...(kind && { filter: kind }),
  cursor: after.at(-1) ?? null,
  limit: PAGE_ROWS,
});

/** A row is about a withdrawal, or about an incident: only one of them is opened under the row's id. */
export interface Subject {
  readonly of: 'withdrawal' | 'incident';
  readonly id: string;
}

export const rowKey = ({ id, incidentId }: ExceptionRow): string => (incidentId ? `${INCIDENT}${id}` : id);

export const subjectOf = (key: string): Subject =>
  key.startsWith(INCIDENT) ? { of: 'incident', id: key.slice(INCIDENT.length) } : { of: 'withdrawal', id: key };

const INCIDENT = 'incident.';
