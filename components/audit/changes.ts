import type { AuditRowView } from '#server/audit/contract.ts';

type Recorded = AuditRowView['before'];

/** One thing that is otherwise afterwards; null: it was not there, or is not any more. */
export interface Change {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

const isObject = (value: Recorded): value is { readonly [key: string]: Recorded } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** In words where it is one value or a list of them; else as JSON. */
function textOf(value: Recorded | undefined): string | null {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return null;
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What differs, in the order in which it was recorded. */
export function changesOf({ before, after }: Pick<AuditRowView, 'before' | 'after'>): Change[] {
  const [was, is] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return fields
    .map((field) => ({ field, before: textOf(was[field]), after: textOf(is[field]) }))
    .filter((change) => change.before !== change.after);
}
