import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ENVIRONMENT_VARIABLES } from '#server/config/environment.ts';

/** Public by design: they decide how a page looks or where it is. */
const HARMLESS = new Set(['NODE_ENV', 'PORT', 'DEMO', 'APP_URL', 'LOG_LEVEL']);

/** What may stand in no file that a browser is given. */
const FORBIDDEN: readonly RegExp[] = [
  /wallet_?key/i,
  /x-(mblock|hashdam)-key/i,
  /postgres(ql)?:\/\//i,
  /mikro-?orm/i,
  ...ENVIRONMENT_VARIABLES.filter((name) => !HARMLESS.has(name)).map((name) => new RegExp(`\\b${name}\\b`)),
];

/** Finds server words in the built client chunks: one line per file and word. */
export function leaksIn(staticFolder: string): string[] {
  const files = globSync('**/*.{js,css,json,map,html}', { cwd: staticFolder });
  if (files.length === 0) return [`${staticFolder}: no client files at all; nothing was checked`];
  return files.flatMap((file) => {
    const text = readFileSync(join(staticFolder, file), 'utf8');
    return FORBIDDEN.flatMap((pattern) => {
      const found = pattern.exec(text);
      return found ? [`${file}: ${JSON.stringify(found[0])}`] : [];
    });
  });
}

/** Server Actions are not used: each would be one more door that the API's guards do not watch. */
export function serverActionsIn(serverFolder: string): string[] {
  const file = join(serverFolder, 'server-reference-manifest.json');
  if (!existsSync(file)) return [`${file}: missing`];
  const manifest: { node?: object; edge?: object } = JSON.parse(readFileSync(file, 'utf8'));
  const names = [...Object.keys(manifest.node ?? {}), ...Object.keys(manifest.edge ?? {})];
  return names.map((name) => `server action ${name}`);
}

const LIST = '/(console)/withdrawals/page';
const LIST_BUDGET_KB = 180;

/** The list of withdrawals is the page that opens most: what it loads before anybody has clicked has a budget, compressed. */
export function overBudgetIn(nextFolder: string): string[] {
  const bytes = scriptsOf(nextFolder, LIST)
    .map((file) => gzipSync(readFileSync(join(nextFolder, file))).length)
    .reduce((sum, each) => sum + each, 0);
  if (bytes === 0) return [`${LIST}: no scripts at all; nothing was counted`];
  const kb = Math.ceil(bytes / 1024);
  return kb <= LIST_BUDGET_KB ? [] : [`${LIST}: ${kb} KB of JavaScript, ${LIST_BUDGET_KB} are its budget`];
}

/** What Next names for a page and for all pages. Its manifest of a page is a script that assigns JSON. */
function scriptsOf(nextFolder: string, page: string): readonly string[] {
  const { rootMainFiles }: { rootMainFiles: string[] } = JSON.parse(
    readFileSync(join(nextFolder, 'build-manifest.json'), 'utf8'),
  );
  const assigned = readFileSync(join(nextFolder, 'server', 'app', `${page}_client-reference-manifest.js`), 'utf8');
  const json = assigned.slice(assigned.indexOf(`["${page}"] = `) + `["${page}"] = `.length).replace(/;\s*$/, '');
  const { clientModules }: { clientModules: Record<string, { chunks: string[] }> } = JSON.parse(json);
  if (Object.keys(clientModules).length === 0) return [];
  const chunks = Object.values(clientModules).flatMap((module) => module.chunks);
  const scripts = [...rootMainFiles, ...chunks.map((chunk) => chunk.replace(/^\/_next\//, ''))];
  return [...new Set(scripts)].filter((file) => file.endsWith('.js'));
}
