import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withClient } from '../database/index.ts';
import { projectFolder } from '../paths.ts';
import type { Place } from './secret-search.ts';

export const filesIn = (folder: string, pattern: string): Place[] =>
  globSync(pattern, { cwd: folder }).map((file) => ({ where: file, text: readFileSync(join(folder, file), 'utf8') }));

/** What every browser is given as it was built. */
export const filesForBrowsers = (): Place[] =>
  filesIn(join(projectFolder, '.next', 'static'), '**/*.{js,css,json,map}');

/** Those of the queue too; a partition stands for itself. */
const TABLES = `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname in ('public', 'pgboss') order by 1`;

/** A session's token is kept here and nowhere else. */
const PLACE_OF_TOKENS = { table: 'operator_sessions', column: 'token' } as const;

/** Every row of every table: the record, evidence of what providers said, messages, deliveries, jobs. */
export const rowsIn = (databaseUrl: string): Promise<Place[]> =>
  withClient(databaseUrl, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(TABLES);
    const places: Place[] = [];
    for (const { name } of tables) {
      const without = name === PLACE_OF_TOKENS.table ? PLACE_OF_TOKENS.column : '';
      const text = `select (to_jsonb(t) - $1::text)::text as text from ${name} t`;
      const { rows } = await client.query<{ text: string }>(text, [without]);
      for (const row of rows) places.push({ where: name, text: row.text });
    }
    return places;
  });
