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
  const paths = new Set(dropped(raw, parsed, ''));
  return [...paths].slice(0, PATHS_MAX);
}

function dropped(raw: unknown, parsed: unknown, path: string): readonly string[] {
  if (Array.isArray(raw) && Array.isArray(parsed)) {
    return raw.flatMap((item, index) => dropped(item, parsed[index], `${path}[]`));
  }
  if (!isPlainObject(raw) || !isPlainObject(parsed)) return [];
  return Object.entries(raw).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return Object.hasOwn(parsed, key) ? dropped(value, parsed[key], at) : [at];
  });
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
