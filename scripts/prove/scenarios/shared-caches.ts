import { Random } from '../../chaos/random.ts';
import { type Asked, ask, inTurns, type Reply } from '../doors/ask.ts';
import { type DoorCaller, everyCaller, PROCEDURES } from '../doors/callers.ts';
import { PAGES } from '../doors/pages.ts';
import type { Measured, Stage } from '../stage.ts';

const SHOWN_MAX = 10;
const RSC_EVERY = 37;

/**
 * A cache in front of everybody, as careless as the protocol lets one be: it keeps whatever is not said to be private or not
 * to be stored, and goes by the path alone, whoever asks and whatever `Vary` says.
 */
class CarelessCache {
  readonly #kept = new Map<string, Reply>();
  readonly #url: string;
  hits = 0;

  constructor(url: string) {
    this.#url = url;
  }

  get size(): number {
    return this.#kept.size;
  }

  async ask(asked: Asked): Promise<Reply> {
    const known = this.#kept.get(asked.path);
    if (known) {
      this.hits += 1;
      return known;
    }
    const reply = await ask(this.#url, asked);
    const said = String(reply.headers['cache-control'] ?? '');
    if (asked.method === 'GET' && !/private|no-store/.test(said)) this.#kept.set(asked.path, reply);
    return reply;
  }
}

const NO_DATA = [308, 404];

const isPrivate = ({ headers }: Reply): boolean => {
  const said = String(headers['cache-control'] ?? '');
  return said.includes('private') && said.includes('no-store');
};

/** Everything that two people may ask for at the same address: pages in their forms, questions, and what looks like a file. */
function addresses(): readonly [string, ...string[]] {
  const questions = PROCEDURES.filter(({ isQuery }) => isQuery).map(({ path }) => `/api/trpc/${path}?input=%7B%7D`);
  const asFiles = PAGES.flatMap((path) => [`${path}/x.css`, `${path};x.css`, `${path}%00x.css`, `${path}?x.css`]);
  return ['/icon.svg', ...PAGES, ...questions, ...asFiles, '/api/health/live', '/api/nothing', '/api/auth/session'];
}

/** Bodies in no text at all: refused, and never the server's fault. */
async function brokenBodies({ world }: Stage, caller: DoorCaller): Promise<string[]> {
  const wrong: string[] = [];
  const headers = { ...caller.headers, 'content-type': 'application/json' };
  for (const bytes of [
    [0xff, 0xfe, 0x7b],
    [0xc3, 0x28],
    [0xed, 0xa0, 0x80],
    [0x7b, 0x22, 0x80, 0x22, 0x3a, 0x31, 0x7d],
  ]) {
    for (const path of ['/api/trpc/withdrawals.reject', '/api/auth/sign-in/email', '/api/callbacks/mblock/nobody']) {
      const { status } = await ask(world.appUrl, { method: 'POST', path, headers, body: Buffer.from(bytes) });
      if (status >= 500 || status < 400) wrong.push(`${path} with ${bytes}: ${status}`);
    }
  }
  return wrong;
}

/** Row 35: two people behind one careless cache, so many requests in any order. */
export async function sharedCaches(stage: Stage, times: number): Promise<Measured> {
  const callers = await everyCaller(stage);
  const named = (name: string) => {
    const found = callers.find((caller) => caller.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  };
  const people = [
    { caller: named('finance'), email: 'two@chaos.example' },
    { caller: named('auditor'), email: 'auditor@doors.example' },
  ] as const;
  const random = new Random(35);
  const paths = addresses();
  const cache = new CarelessCache(stage.world.appUrl);
  const wrong: string[] = [];
  let seenOwn = 0;
  const again = Array.from({ length: Math.max(0, times - paths.length - 1) }, () => random.pick(paths));
  // At last once more what any cache may keep: had it kept nothing, it would have proven nothing.
  const turns = [...paths, ...again, paths[0]].map((path, at) => ({ at, path }));
  await inTurns(turns, async ({ at, path }) => {
    const [me, other] = at % 2 === 0 ? people : ([people[1], people[0]] as const);
    const form: Readonly<Record<string, string>> = at % RSC_EVERY === 0 ? { rsc: '1' } : {};
    const reply = await cache.ask({ method: 'GET', path, headers: { ...me.caller.headers, ...form } });
    if (reply.body.includes(me.email)) seenOwn += 1;
    // Nothing that these two may read names the other by e-mail.
    if (reply.body.includes(other.email)) wrong.push(`${path} showed ${other.email} to ${me.caller.name}`);
    if (path !== '/icon.svg' && !isPrivate(reply) && !NO_DATA.includes(reply.status)) {
      wrong.push(`${path} is ${String(reply.headers['cache-control'])} (${reply.status})`);
    }
  });
  if (cache.hits === 0 || seenOwn === 0) wrong.push('nothing was kept, or nobody saw anything: nothing was proven');
  wrong.push(...(await brokenBodies(stage, people[0].caller)));
  return {
    holds: wrong.length === 0,
    figures: [
      `${turns.length} requests of two people at ${paths.length} addresses; the cache kept ${cache.size} answers and gave ${cache.hits}`,
      `${seenOwn} answers named the one who asked, ${wrong.length} anything they should not`,
      ...wrong.slice(0, SHOWN_MAX),
    ],
  };
}
