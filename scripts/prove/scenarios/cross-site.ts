import { type Asked, ask, inTurns, type Reply } from '../doors/ask.ts';
import { type DoorCaller, everyCaller, PROCEDURES, type Procedure } from '../doors/callers.ts';
import { PAGES } from '../doors/pages.ts';
import { type Measured, type Stage, tallied } from '../stage.ts';

const SHOWN_MAX = 10;
/** If it got through to a procedure, this would be refused there, with another code than at the door. */
const BROKEN = JSON.stringify({ id: '\0' });
const JSON_TYPE = 'application/json';

type Headers = Readonly<Record<string, string>>;

/** What a page of somebody else can make a browser send, and the status it must meet. */
const attacksFrom = (appUrl: string): Readonly<Record<string, { status: number; headers: Headers }>> => ({
  'from a foreign origin': { status: 403, headers: { 'content-type': JSON_TYPE, origin: 'https://evil.example' } },
  'from an origin that begins like ours': {
    status: 403,
    headers: { 'content-type': JSON_TYPE, origin: `${appUrl}.evil.example` },
  },
  'from no origin that has a name': { status: 403, headers: { 'content-type': JSON_TYPE, origin: 'null' } },
  'without an origin': { status: 403, headers: { 'content-type': JSON_TYPE, 'sec-fetch-site': 'cross-site' } },
  'from ours, says the page; cross-site, says the browser': {
    status: 403,
    headers: { 'content-type': JSON_TYPE, origin: appUrl, 'sec-fetch-site': 'cross-site' },
  },
  'as plain text': { status: 415, headers: { 'content-type': 'text/plain', origin: 'https://evil.example' } },
  'as a form': {
    status: 415,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
  },
  'as a form with files': {
    status: 415,
    headers: { 'content-type': 'multipart/form-data; boundary=x', origin: 'https://evil.example' },
  },
});

/** Every change with the cookie of an admin, in every way of a foreign page, and by following a link. */
async function changes({ world }: Stage, admin: DoorCaller): Promise<{ asked: number; wrong: string[] }> {
  const cookie = admin.headers['cookie'] ?? '';
  const mutations = PROCEDURES.filter(({ isQuery }) => !isQuery);
  const wrong: string[] = [];
  const look = async (what: string, { path }: Procedure, { asked, status }: { asked: Asked; status: number }) => {
    const reply = await ask(world.appUrl, asked);
    if (reply.status !== status || reply.headers['set-cookie']) wrong.push(`${path} ${what}: ${reply.status}`);
  };
  const at = (path: string) => `/api/trpc/${path}`;
  const calls = mutations.flatMap((procedure) => [
    ...Object.entries(attacksFrom(world.appUrl)).map(([what, { status, headers }]) => () => {
      const asked = { method: 'POST', path: at(procedure.path), headers: { cookie, ...headers }, body: BROKEN };
      return look(what, procedure, { asked, status });
    }),
    () => {
      const path = `${at(procedure.path)}?input=${encodeURIComponent(BROKEN)}`;
      return look('by a link', procedure, { asked: { method: 'GET', path, headers: { cookie } }, status: 405 });
    },
    () => {
      const headers = { cookie, 'content-type': JSON_TYPE, origin: world.appUrl };
      const asked = { method: 'POST', path: at(procedure.path), headers, body: BROKEN };
      // It gets as far as the procedure, which is of keys alone or says that the input is broken.
      return look('from the console itself', procedure, { asked, status: admin.refusal(procedure) ? 403 : 400 });
    },
  ]);
  await inTurns(calls, (call) => call());
  return { asked: calls.length, wrong };
}

/** Signing somebody in or out from outside, with what would be right. */
async function sessions({ world }: Stage, cookie: string): Promise<{ asked: number; wrong: string[] }> {
  const wrong: string[] = [];
  const right = JSON.stringify({ email: 'admin@chaos.example', password: world.secrets.DEMO_PASSWORD });
  const attacks = Object.entries(attacksFrom(world.appUrl));
  for (const [what, { headers }] of attacks) {
    // A form cannot say that it is JSON, so its origin alone is what is looked at.
    const foreign = headers['content-type'] === JSON_TYPE ? headers : { ...headers, 'sec-fetch-site': 'cross-site' };
    const signIn = { method: 'POST', path: '/api/auth/sign-in/email', headers: foreign, body: right };
    const signOut = { method: 'POST', path: '/api/auth/sign-out', headers: { cookie, ...foreign }, body: '{}' };
    for (const asked of [signIn, signOut]) {
      const reply = await ask(world.appUrl, asked);
      if (reply.status !== 403 || reply.headers['set-cookie']) wrong.push(`${asked.path} ${what}: ${reply.status}`);
    }
  }
  const path = '/api/trpc/operators.me?input=%7B%7D';
  const still = await ask(world.appUrl, { method: 'GET', path, headers: { cookie } });
  if (still.status !== 200) wrong.push(`the session ended: ${still.status}`);
  return { asked: attacks.length * 2, wrong };
}

const directivesOf = (policy: string): Map<string, string> =>
  new Map(
    policy.split('; ').map((each) => {
      const [name = '', ...sources] = each.split(' ');
      return [name, sources.join(' ')];
    }),
  );

/** What is wrong with the headers of a page; `nonces` are those seen before. */
export function pageFaults({ headers, body }: Reply, nonces: Set<string>): string[] {
  const policy = directivesOf(String(headers['content-security-policy'] ?? ''));
  const scripts = policy.get('script-src') ?? '';
  const nonce = /'nonce-([A-Za-z0-9+/=]{20,})'/.exec(scripts)?.[1];
  const isReused = nonce !== undefined && nonces.has(nonce);
  if (nonce) nonces.add(nonce);
  const bare = [...body.matchAll(/<(?:script|style)\b[^>]*>/g)].filter(([tag]) => !tag.includes(`nonce="${nonce}"`));
  const faults: Readonly<Record<string, boolean>> = {
    'may be framed': policy.get('frame-ancestors') !== "'none'" || headers['x-frame-options'] !== 'DENY',
    'no nonce': nonce === undefined,
    'a nonce used before': isReused,
    'unsafe scripts': /unsafe-|\*|https?:/.test(scripts),
    'unsafe styles': /unsafe-/.test(policy.get('style-src') ?? 'unsafe-'),
    'no default': policy.get('default-src') !== "'none'",
    'a base of anybody': policy.get('base-uri') !== "'none'",
    'forms to anybody': policy.get('form-action') !== "'self'",
    'a script or style without the nonce': bare.length > 0,
    'types are guessed': headers['x-content-type-options'] !== 'nosniff',
    'tells where people came from': headers['referrer-policy'] !== 'same-origin',
    'no HSTS over https': !headers['strict-transport-security'],
    'names its maker': headers['x-powered-by'] !== undefined,
  };
  return Object.keys(faults).filter((name) => faults[name]);
}

/** Every page: its headers, and that it takes nothing that is sent to it. */
async function pages({ world }: Stage, cookie: string): Promise<{ asked: number; wrong: string[] }> {
  const wrong: string[] = [];
  const nonces = new Set<string>();
  await inTurns(PAGES, async (path) => {
    const headers = { cookie, 'x-forwarded-proto': 'https' };
    const reply = await ask(world.appUrl, { method: 'GET', path, headers });
    for (const fault of pageFaults(reply, nonces)) wrong.push(`${path}: ${fault}`);
    const form = { ...headers, 'content-type': 'multipart/form-data; boundary=x', 'next-action': '00'.repeat(21) };
    const posted = await ask(world.appUrl, { method: 'POST', path, headers: form, body: '--x--' });
    if (posted.status !== 405) wrong.push(`${path} takes a form: ${posted.status}`);
  });
  const image = '/_next/image?url=%2Ficon.svg&w=64&q=75';
  const { status } = await ask(world.appUrl, { method: 'GET', path: image, headers: { cookie } });
  if (status !== 404) wrong.push(`the image optimiser answers ${status}`);
  return { asked: PAGES.length * 2 + 1, wrong };
}

/** Row 27: what another site makes a browser send changes nothing, and no other site shows ours. */
export async function crossSite(stage: Stage): Promise<Measured> {
  const admin = (await everyCaller(stage)).find(({ name }) => name === 'admin');
  if (!admin) throw new Error('there is no admin');
  const cookie = admin.headers['cookie'] ?? '';
  const parts = {
    changes: await changes(stage, admin),
    'signing in and out': await sessions(stage, cookie),
    pages: await pages(stage, cookie),
  };
  const asked = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.asked]));
  const wrong = Object.values(parts).flatMap((part) => part.wrong);
  return {
    holds: wrong.length === 0,
    figures: [
      `requests: ${JSON.stringify(asked)}; ${wrong.length} answered otherwise than they must be`,
      ...wrong.slice(0, SHOWN_MAX),
      ...(wrong.length > SHOWN_MAX
        ? [JSON.stringify(tallied(wrong.map((line) => line.split(': ').at(-1) ?? '')))]
        : []),
    ],
  };
}
