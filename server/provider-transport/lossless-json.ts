/** A JSON number as it was written. Reading it as a JS number could change an amount. */
export class JsonNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** Without what no table can hold: JSON may spell a NUL or half of a character pair, which Postgres refuses. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\ufffd');

/**
 * Parses JSON, every number becoming a `JsonNumber` and every text one that can be stored. Throws on anything that is not
 * JSON.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) => {
    if (typeof value === 'string') return storable(value);
    if (typeof value !== 'number') return value;
    if (context?.source === undefined) throw new Error('this runtime does not give the source of JSON numbers');
    return new JsonNumber(context.source);
  });
}

/** A decimal that `JSON.stringify` writes as a bare number, digit for digit. */
export function rawJsonNumber(text: string): object {
  return (JSON as JSON & { rawJSON(text: string): object }).rawJSON(text);
}
