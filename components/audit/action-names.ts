/** What people know several words of the record by, and these words. */
export interface ActionName {
  readonly name: string;
  readonly codes: readonly string[];
}

/** In the order of the alphabet, each name once. */
export function actionNames(named: readonly (readonly [code: string, name: string])[], locale: string): ActionName[] {
  const codes = Map.groupBy(named, ([, name]) => name);
  const { compare } = new Intl.Collator(locale);
  return [...codes.keys()]
    .toSorted(compare)
    .map((name) => ({ name, codes: (codes.get(name) ?? []).map(([code]) => code) }));
}
