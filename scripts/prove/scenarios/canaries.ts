import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../paths.ts';
import { ask, inTurns } from '../doors/ask.ts';
import { everyCaller, PROCEDURES } from '../doors/callers.ts';
import { PAGES } from '../doors/pages.ts';
import type { Measured, Stage } from '../stage.ts';

/** Shorter ones could stand somewhere by chance. */
const SECRET_CHARS_MIN = 16;

interface Place {
  readonly where: string;
  readonly text: string;
}

const filesIn = (folder: string, pattern: string): Place[] =>
  globSync(pattern, { cwd: folder }).map((file) => ({ where: file, text: readFileSync(join(folder, file), 'utf8') }));

/** Every page and every answer as an admin, who may see the most. */
async function answers(stage: Stage): Promise<Place[]> {
  const admin = (await everyCaller(stage)).find(({ name }) => name === 'admin');
  const questions = PROCEDURES.filter(({ isQuery }) => isQuery).map(({ path }) => `/api/trpc/${path}?input=%7B%7D`);
  const places: Place[] = [];
  await inTurns([...PAGES, ...questions, '/api/health/ready', '/nothing'], async (path) => {
    const { headers, body } = await ask(stage.world.appUrl, { method: 'GET', path, headers: { ...admin?.headers } });
    places.push({ where: path, text: `${JSON.stringify(headers)}\n${body}` });
  });
  return places;
}

async function rows({ sql }: Stage, table: string): Promise<Place[]> {
  const found = await sql<{ text: string }>(`select row_to_json(t)::text as text from ${table} t`);
  return found.map(({ text }) => ({ where: table, text }));
}

/** Row 32: what this run knows to be secret stands in no log, page, answer, file for browsers, record or message. */
export async function canaries(stage: Stage): Promise<Measured> {
  const { secrets, logFolder } = stage.world;
  await stage.ask();
  const session = stage.cast.admin.headers['cookie']?.split(/[=;]/)[1] ?? '';
  const key = stage.cast.platformHeaders['authorization']?.replace('Bearer ', '') ?? '';
  const known = [...Object.values(secrets), session, decodeURIComponent(session).split('.')[0] ?? '', key];
  const secretTexts = known.flatMap((text) => text.split(/[:,]/)).filter(({ length }) => length >= SECRET_CHARS_MIN);
  const places = [
    ...(await answers(stage)),
    ...filesIn(logFolder, '*.log'),
    ...filesIn(join(projectFolder, '.next', 'static'), '**/*.{js,css,json,map}'),
    ...(await rows(stage, 'audit_events')),
    ...(await rows(stage, 'notification_events')),
  ];
  const hits = places.flatMap(({ where, text }) => (secretTexts.some((each) => text.includes(each)) ? [where] : []));
  return {
    holds: hits.length === 0 && secretTexts.length > 5 && places.length > 100,
    figures: [`${secretTexts.length} secrets looked for in ${places.length} places: ${hits.length} hits`, ...hits],
  };
}
