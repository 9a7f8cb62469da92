import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
