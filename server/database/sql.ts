import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Hand-written SQL on the session's own connection, and in its transaction where there is one. `?` stands for a bound
 * parameter: what a caller sent never becomes part of the text, which the ORM's own `execute` would make it.
 */
export async function sql<Row extends object>(
  em: EntityManager,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  let bound = 0;
  const numbered = text.replaceAll('?', () => `$${++bound}`);
  if (bound !== parameters.length) throw new TypeError(`${bound} placeholders, ${parameters.length} parameters`);
  return execute<Row>(em, numbered, parameters);
}

/** Words of the product's own as a list within SQL; what a caller sent is a parameter, never such a word. */
export const listOf = (words: readonly string[]): string => `(${words.map((word) => `'${word}'`).join(', ')})`;

/** The same for text that numbers its parameters itself. */
export async function execute<Row extends object>(
  em: EntityManager,
  text: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await em.getKysely().executeQuery<Row>({
    sql: text,
    parameters,
    query: { kind: 'RawNode', sqlFragments: [text], parameters: [] },
    queryId: { queryId: 'hand-written' },
  });
  return rows;
}
