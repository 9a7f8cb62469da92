/** How one value stands in the address. What is absent or unreadable there is the default, and the default is left out. */
export interface Param<Value> {
  read(text: string | null): Value;
  write(value: Value): string | null;
}

export type Params = Readonly<Record<string, Param<unknown>>>;

export type ValuesOf<Named extends Params> = {
  readonly [Name in keyof Named]: Named[Name] extends Param<infer Value> ? Value : never;
};
/** Null: back to the default. What is not named stays. */
export type ChangeOf<Named extends Params> = { readonly [Name in keyof Named]?: ValuesOf<Named>[Name] | null };

/** As Next hands a page what stands in its address. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

export const text: Param<string | null> = {
  read: (written) => written,
  write: (value) => value,
};

const COMMA = /,/g;

/** In order; a comma within one is escaped. */
export const texts: Param<string[]> = {
  read: (written) => (written ? written.split(',').map((each) => each.replaceAll('%2C', ',')) : []),
  write: (values) => (values.length > 0 ? values.map((each) => each.replace(COMMA, '%2C')).join(',') : null),
};

/** One of a few words; without a default it may be none of them. */
export function oneOf<const Word extends string>(words: readonly Word[]): Param<Word | null>;
export function oneOf<const Word extends string>(words: readonly Word[], fallback: NoInfer<Word>): Param<Word>;
export function oneOf(words: readonly string[], fallback: string | null = null): Param<string | null> {
  return {
    read: (written) => words.find((word) => word === written) ?? fallback,
    write: (value) => (value === fallback ? null : value),
  };
}

export function readParams<Named extends Params>(params: Named, get: (name: string) => string | null): ValuesOf<Named> {
  const read = Object.entries(params).map(([name, param]) => [name, param.read(get(name))]);
  return Object.fromEntries(read) as ValuesOf<Named>;
}

/** The query with the change in it; whatever else stands there stays. */
export function changedQuery<Named extends Params>(params: Named, query: string, change: ChangeOf<Named>): string {
  const search = new URLSearchParams(query);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const written = value === null ? null : (params[name]?.write(value) ?? null);
    if (written === null) search.delete(name);
    else search.set(name, written);
  }
  return search.toString();
}

/** For a page: what its address says. */
export const loaderOf =
  <Named extends Params>(params: Named) =>
  async (searchParams: Promise<SearchParams>): Promise<ValuesOf<Named>> => {
    const given = await searchParams;
    return readParams(params, (name) => [given[name] ?? null].flat()[0] ?? null);
  };

/** For a link: the path with these values behind it. */
export const hrefOf =
  <Named extends Params>(params: Named) =>
  (path: string, values: ChangeOf<Named>): string => {
    const query = changedQuery(params, '', values);
    return query ? `${path}?${query}` : path;
  };
