import { createServer, type Server, Socket } from 'node:net';
import { Random } from '../../chaos/random.ts';
import { type Asked, ask, inTurns, type Reply } from '../doors/ask.ts';
import { type DoorCaller, everyCaller, PROCEDURES, type Procedure } from '../doors/callers.ts';
import { PAGES } from '../doors/pages.ts';
import { BROKEN_IS_REFUSED_WITH, batch, TRICKS } from '../doors/tricks.ts';
import { type Measured, type Stage, tallied } from '../stage.ts';

const BATCH_CALLS_MAX = 20;
const SHOWN_MAX = 10;
/** What says that nothing is there, or that it may not be asked for like this. */
const NOT_THERE = [307, 308, 400, 404, 405];

interface Verdict {
  readonly asked: number;
  readonly wrong: readonly string[];
}

const codeIn = (body: unknown): unknown =>
  (body as { error?: { data?: { domainCode?: unknown } } } | null)?.error?.data?.domainCode;

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** The very answer that the plain call gets, or none at all. */
function isHonest(reply: Reply, expected: string, asked: Asked): boolean {
  if (codeIn(parsed(reply.body)) === expected) return true;
  return NOT_THERE.includes(reply.status) && !reply.body.includes('"result"') && staysHere(reply, asked);
}

/** A redirect leads to another path of this site, or to the very address that was asked for. */
const staysHere = ({ headers: { location } }: Reply, asked: Asked): boolean =>
  location === undefined || /^\/(?![/\\])/.test(location) || location === asked.path;

const expectedOf = (caller: DoorCaller, procedure: Procedure): string =>
  caller.refusal(procedure) ?? BROKEN_IS_REFUSED_WITH;

/** Every procedure as everybody, by way of batches. */
async function matrix({ world }: Stage, callers: readonly DoorCaller[]): Promise<Verdict> {
  const kinds = [true, false].map((isQuery) => PROCEDURES.filter((each) => each.isQuery === isQuery));
  const chunks = kinds.flatMap((kind) =>
    Array.from({ length: Math.ceil(kind.length / BATCH_CALLS_MAX) }, (_, at) =>
      kind.slice(at * BATCH_CALLS_MAX, (at + 1) * BATCH_CALLS_MAX),
    ),
  );
  const wrong: string[] = [];
  await inTurns(
    callers.flatMap((caller) => chunks.map((chunk) => ({ caller, chunk }))),
    async ({ caller, chunk }) => {
      const { body } = await ask(world.appUrl, batch(chunk, caller.headers));
      const replies = parsed(body);
      for (const [at, procedure] of chunk.entries()) {
        const code = codeIn(Array.isArray(replies) ? replies[at] : null);
        if (code !== expectedOf(caller, procedure)) wrong.push(`${procedure.path} as ${caller.name}: ${String(code)}`);
      }
    },
  );
  return { asked: callers.length * PROCEDURES.length, wrong };
}

/** The same calls by every back way; of each way and caller so many procedures, drawn by the seed. */
async function tricked({ world }: Stage, callers: readonly DoorCaller[], each: number): Promise<Verdict> {
  const random = new Random(24);
  const calls = Object.entries(TRICKS).flatMap(([trick, make]) =>
    callers.flatMap((caller) => drawn(random, each).map((procedure) => ({ trick, make, caller, procedure }))),
  );
  const wrong: string[] = [];
  await inTurns(calls, async ({ trick, make, caller, procedure }) => {
    const asked = make(procedure, caller.headers);
    const reply = await ask(world.appUrl, asked);
    if (isHonest(reply, expectedOf(caller, procedure), asked)) return;
    wrong.push(`${procedure.path} as ${caller.name} by ${trick}: ${reply.status} ${reply.body.slice(0, 100)}`);
  });
  return { asked: calls.length, wrong };
}

function drawn(random: Random, count: number): readonly Procedure[] {
  if (count >= PROCEDURES.length) return PROCEDURES;
  return Array.from({ length: count }, () => random.pick(PROCEDURES as [Procedure, ...Procedure[]]));
}

const PAGE_HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  plain: {},
  'a server component': { rsc: '1' },
  'a prefetch': { rsc: '1', 'next-router-prefetch': '1' },
  'a segment': { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  'past the proxy': { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  'a page with data': { 'x-nextjs-data': '1' },
};

/** Texts that stand in the database and may stand in no answer to somebody who is not signed in. */
async function secretTexts({ sql }: Stage): Promise<string[]> {
  const rows = await sql<{ text: string }>(`
    select email as text from operators union select name from operators where length(name) > 8
    union select member_id from withdrawals union select id::text from withdrawals union select destination_address from withdrawals`);
  return rows.map(({ text }) => text);
}

/** A page answers with a server component at the address that it names itself. */
async function followed(url: string, asked: Asked): Promise<Reply> {
  const reply = await ask(url, asked);
  const { location } = reply.headers;
  return location?.includes('_rsc') ? ask(url, { ...asked, path: location }) : reply;
}

/** Every page in every form, to those who are not signed in, or the first so many of them: not a word of what is in the database. */
async function pages(stage: Stage, callers: readonly DoorCaller[], each: number): Promise<Verdict> {
  const texts = await secretTexts(stage);
  const outside = callers.filter(({ isInside }) => !isInside).slice(0, each);
  const wrong: string[] = [];
  const calls = outside.flatMap((caller) =>
    PAGES.flatMap((path) => Object.entries(PAGE_HEADERS).map(([form, headers]) => ({ caller, path, form, headers }))),
  );
  await inTurns(calls, async ({ caller, path, form, headers }) => {
    const asked = { method: 'GET', path, headers: { ...caller.headers, ...headers } };
    const reply = await followed(stage.world.appUrl, asked);
    const found = texts.find((text) => reply.body.includes(text));
    if (found || !staysHere(reply, asked))
      wrong.push(`${path} as ${caller.name}, ${form}: ${found ?? reply.headers.location}`);
  });
  const finance = callers.find(({ name }) => name === 'finance');
  const own = await ask(stage.world.appUrl, { method: 'GET', path: '/withdrawals', headers: { ...finance?.headers } });
  if (!texts.some((text) => own.body.includes(text))) wrong.push('finance saw nothing either: nothing was proven');
  return { asked: calls.length, wrong };
}

/** An upgrade that names another server as its address: the product must not open a connection there. */
async function upgrade({ world }: Stage): Promise<Verdict> {
  let connections = 0;
  const inside: Server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  const { port = 0 } = inside.address() as { port?: number };
  const said = await spoken(new URL(world.webUrls[0]), [
    `GET http://127.0.0.1:${port}/api/trpc/operators.me HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  ]);
  inside.close();
  const isOpened = connections > 0 || /^HTTP\/1\.1 (101|2)/.test(said);
  return { asked: 1, wrong: isOpened ? [`an upgrade to another server: ${connections} connections, ${said}`] : [] };
}

/** What comes back on a bare socket, to the end or for two seconds. */
function spoken({ hostname, port }: URL, lines: readonly string[]): Promise<string> {
  const socket = new Socket();
  let said = '';
  const { promise, resolve } = Promise.withResolvers<string>();
  socket.setTimeout(2_000, () => socket.destroy());
  socket.on('data', (chunk) => {
    said += chunk.toString();
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => resolve(said.slice(0, 200)));
  socket.connect(Number(port), hostname, () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
  return promise;
}

/** Row 24: who may do what is decided in the procedures, so no way to them past the router decides otherwise. */
export async function routerTricks(stage: Stage, each: number): Promise<Measured> {
  await stage.ask();
  const callers = await everyCaller(stage);
  const parts = {
    'calls of the plain matrix': await matrix(stage, callers),
    'calls by back ways': await tricked(stage, callers, each),
    'pages in every form': await pages(stage, callers, each),
    upgrades: await upgrade(stage),
  };
  const wrong = Object.values(parts).flatMap((part) => part.wrong);
  return {
    holds: wrong.length === 0,
    figures: [
      `${PROCEDURES.length} procedures, ${callers.length} callers, ${Object.keys(TRICKS).length} ways: ${JSON.stringify(
        Object.fromEntries(Object.entries(parts).map(([name, { asked }]) => [name, asked])),
      )}`,
      `${wrong.length} answered otherwise`,
      ...wrong.slice(0, SHOWN_MAX),
      ...(wrong.length > 0
        ? [JSON.stringify(tallied(wrong.map((line) => line.split(': ')[0]?.split(' by ')[1] ?? 'x')))]
        : []),
    ],
  };
}
