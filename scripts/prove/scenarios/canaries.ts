import { filesForBrowsers, filesIn, rowsIn } from '../../canaries/places.ts';
import { type Place, SecretSearch } from '../../canaries/secret-search.ts';
import { secretOfCookie, secretsOfStack } from '../../canaries/secrets.ts';
import { ask, inTurns } from '../doors/ask.ts';
import { everyCaller, PROCEDURES } from '../doors/callers.ts';
import { PAGES } from '../doors/pages.ts';
import type { Measured, Stage } from '../stage.ts';

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

/** Row 32: what this run knows to be secret stands in no log, page, answer, file for browsers or table. */
export async function canaries(stage: Stage): Promise<Measured> {
  const { world, cast } = stage;
  await stage.ask();
  const search = new SecretSearch([
    ...secretsOfStack(world),
    ...(cast.admin.headers['cookie']?.split(';') ?? []).map(secretOfCookie),
    { name: 'API key', text: cast.platformHeaders['authorization']?.replace('Bearer ', '') ?? '' },
  ]);
  const places = [
    ...(await answers(stage)),
    ...filesIn(world.logFolder, '*.log'),
    ...filesForBrowsers(),
    ...(await rowsIn(world.databaseUrl())),
  ];
  const hits = search.hitsIn(places);
  return {
    holds: hits.length === 0 && search.size > 10 && places.length > 100,
    figures: [`${search.size} secrets looked for in ${places.length} places: ${hits.length} hits`, ...hits],
  };
}
