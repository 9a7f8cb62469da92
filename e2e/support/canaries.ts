import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesForBrowsers, filesIn, rowsIn } from '../../scripts/canaries/places.ts';
import { type KnownSecret, SecretSearch } from '../../scripts/canaries/secret-search.ts';
import { secretsOfVendor } from '../../scripts/canaries/secrets.ts';
import type { LocalServices } from '../../scripts/local/services.ts';
import { dataFolder } from '../../scripts/paths.ts';

/** All that the stack of the browser tests keeps. */
export const folder = join(dataFolder, 'e2e');
const file = join(folder, 'canaries.jsonl');

/** What one story looked at and came to know; or the set-up, before all of them. */
interface Looked {
  readonly secrets: readonly KnownSecret[];
  readonly answers: number;
  readonly hits: readonly string[];
}

/** For the stories that follow, in whichever process, and for the end. */
export function remember(looked: Looked): void {
  appendFileSync(file, `${JSON.stringify(looked)}\n`, { mode: 0o600 });
}

/** Another process may be writing its line. */
function remembered(): Looked[] {
  const text = readFileSync(file, 'utf8');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Looked);
}

export const secretsSoFar = (): KnownSecret[] => [
  ...remembered().flatMap(({ secrets }) => secrets),
  ...secretsOfVendor(folder),
];

/** The search would find what is there: the file that the stack keeps its secrets in. */
function refuseBlindness(search: SecretSearch, { secretsFile, secrets }: LocalServices): void {
  const found = search.foundIn(readFileSync(secretsFile, 'utf8')).length;
  if (found < Object.keys(secrets).length)
    throw new Error(`The search for secrets finds only ${found} of the stack's.`);
}

/** When the stories are over: whatever any of them knew stands in no log, no file for browsers and no table. */
export async function lookEverywhere(services: LocalServices): Promise<void> {
  const stories = remembered();
  const search = new SecretSearch(secretsSoFar());
  refuseBlindness(search, services);
  const places = [
    ...filesIn(folder, '{logs/*.log,audit-heads.jsonl}'),
    // Postgres serves other tests too, and writes there.
    ...filesIn(dataFolder, 'logs/*.log'),
    ...filesForBrowsers(),
    ...(await rowsIn(services.databaseUrl)),
  ];
  const hits = [...stories.flatMap((story) => story.hits), ...search.hitsIn(places)];
  const answers = stories.reduce((sum, story) => sum + story.answers, 0);
  const where = `${places.length} places, and in ${answers} answers as they came`;
  console.log([`${search.size} secrets looked for in ${where}: ${hits.length} hits`, ...hits].join('\n'));
  if (hits.length > 0) throw new Error('A secret stands where none may stand.');
}
