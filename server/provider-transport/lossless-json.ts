/** A JSON number as it was written. Reading it as a JS number could change an amount. */
export class JsonNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** Parses JSON, every number becoming a `JsonNumber`. Throws on anything that is not JSON. */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) => {
    if (typeof value !== 'number') return value;
    if (context?.source === undefined) throw new Error('this runtime does not give the source of JSON numbers');
    return new JsonNumber(context.source);
  });
}

/** A decimal that `JSON.stringify` writes as a bare number, digit for digit. */
export function rawJsonNumber(text: string): object {
  return (JSON as JSON & { rawJSON(text: string): object }).rawJSON(text);
}
