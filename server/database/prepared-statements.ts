import type { ClientBase } from 'pg';

/** Past so many texts the rest is sent unprepared: a connection must not collect plans without end. */
const PREPARED_MAX = 500;

/**
 * Has this connection prepare every statement that binds parameters: hand-written SQL and the queue's. Postgres then
 * parses each of them once for a connection instead of once for a call. What binds nothing goes out as it is.
 */
export function prepareStatements(client: ClientBase): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known || names.size >= PREPARED_MAX) return known;
    const name = `countersign_${names.size + 1}`;
    names.set(text, name);
    return name;
  };
  const prepared = (text: unknown, values: unknown, ...rest: unknown[]): unknown => {
    const binds = typeof text === 'string' && Array.isArray(values) && values.length > 0;
    const name = binds ? nameOf(text) : undefined;
    return name ? query({ name, text, values }, ...rest) : query(text, values, ...rest);
  };
  Object.assign(client, { query: prepared });
}
