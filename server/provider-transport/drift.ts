import type { ProviderName } from '#server/kernel/provider-outcome.ts';

/** A reply that is not quite what the vendor's document says. Harmless, but worth a counter. */
export interface ProviderDrift {
  readonly provider: ProviderName;
  readonly method: string;
  readonly kind: 'unknown_field' | 'unknown_word' | 'unreadable_field' | 'unreadable_reply';
  /** The field, `[]` for any element of a list: `data[].memo`. Never a value that could be secret. */
  readonly path: string;
}

const PATHS_MAX = 50;

/** Paths of the fields that a schema dropped. Known fields keep their names when they are parsed. */
export function unknownFields(raw: unknown, parsed: unknown): readonly string[] {
  const paths = new Set<string>();
  collect(raw, parsed, '', paths);
  return [...paths];
}

function collect(raw: unknown, parsed: unknown, path: string, paths: Set<string>): void {
  if (paths.size >= PATHS_MAX) return;
  if (Array.isArray(raw) && Array.isArray(parsed)) {
    for (const [index, item] of raw.entries()) collect(item, parsed[index], `${path}[]`, paths);
  } else if (isPlainObject(raw) && isPlainObject(parsed)) {
    for (const [key, value] of Object.entries(raw)) {
      const at = path === '' ? key : `${path}.${key}`;
      if (Object.hasOwn(parsed, key)) collect(value, parsed[key], at, paths);
      else paths.add(at);
    }
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
