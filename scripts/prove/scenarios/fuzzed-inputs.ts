import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { InputFuzz } from '#server/testing/fuzz.ts';
import { appRouter } from '#server/trpc/root.ts';
import { residentMb } from '../../bench/figures.ts';
import { Random } from '../../chaos/random.ts';
import { type Asked, ask, inTurns } from '../doors/ask.ts';
import { type DoorCaller, everyCaller, PROCEDURES, type Procedure } from '../doors/callers.ts';
import { type Measured, type Stage, tallied } from '../stage.ts';
import { testsProve } from '../tests.ts';

const SEED = 25;
const SHOWN_MAX = 10;
/** What the console may hold more after the second half of the inputs than after the first, which has warmed it up. */
const GROWTH_MAX = 1.1;
/** An idle process gives back within seconds what it holds and does not need. */
const GIVES_BACK_WITHIN_MS = 20_000;
/** A question travels in the address, which is read up to 16 KiB; what is longer is the business of the other half. */
const BATCH_CALLS = 10;
const INPUT_CHARS_MAX = 1_000;
const TEN_MIB = 10 * 1_024 * 1_024;
/** It would end the session that sends all this. */
const ENDS_SESSIONS = /^(?:sessions\.end|sessions\.endOthers|operators\.changePassword)$/;

type Declared = Readonly<Record<string, { _def: { inputs: readonly z.ZodType[] } }>>;
const declared = appRouter._def.procedures as unknown as Declared;

/** Inputs of this procedure that fit into an address, as the seed draws them. */
function inputsOf(path: string, count: number): string[] {
  const schema = declared[path]?._def.inputs[0];
  if (!schema) throw new Error(`${path} does not say what it takes`);
  const fuzz = new InputFuzz(schema, new Random(SEED).fork(path));
  const texts: string[] = [];
  for (let tries = 0; texts.length < count && tries < count * 10; tries += 1) {
    const text = JSON.stringify(fuzz.next()) ?? 'null';
    if (encodeURIComponent(text).length <= INPUT_CHARS_MAX) texts.push(text);
  }
  return texts;
}

function batchOf({ path, isQuery }: Procedure, inputs: readonly string[], headers: Asked['headers']): Asked {
  const body = `{${inputs.map((text, at) => `"${at}":${text}`).join(',')}}`;
  const at = `/api/trpc/${inputs.map(() => path).join(',')}?batch=1`;
  if (isQuery) return { method: 'GET', path: `${at}&input=${encodeURIComponent(body)}`, headers: { ...headers } };
  return { method: 'POST', path: at, headers: { ...headers, 'content-type': 'application/json' }, body };
}

interface Answer {
  readonly error?: { readonly data?: { readonly httpStatus?: number; readonly domainCode?: string | null } };
}

/** How each call of a batch ended: the code, or the status where there is none. */
function endingsIn(body: string, status: number): string[] {
  try {
    const answers = JSON.parse(body) as Answer | Answer[];
    const said = ({ error }: Answer) =>
      error ? (error.data?.domainCode ?? String(error.data?.httpStatus ?? status)) : 'answered';
    return [answers].flat().map(said);
  } catch {
    return [`no JSON (${status})`];
  }
}

/** Bodies that are no input at all: what is too large, too deep, in no text, or in the form of a form. */
async function bodies({ world }: Stage, { headers }: DoorCaller): Promise<string[]> {
  const json = { ...headers, 'content-type': 'application/json' };
  const form = { ...headers, 'content-type': 'multipart/form-data; boundary=x' };
  const field = '--x\r\nContent-Disposition: form-data; name="__proto__[polluted]"\r\n\r\n1\r\n--x--\r\n';
  const cases: readonly (readonly [string, Asked['headers'], string, number])[] = [
    ['10 MiB', json, `"${'x'.repeat(TEN_MIB)}"`, 413],
    ['nothing but brackets', json, '['.repeat(60_000), 400],
    ['30,000 levels', json, `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 400],
    ['a form with brackets', form, field, 415],
    ['nothing', json, '', 400],
  ];
  const wrong: string[] = [];
  for (const [what, sent, body, expected] of cases) {
    const asked = { method: 'POST', path: '/api/trpc/withdrawals.reject', headers: sent ?? {}, body };
    // A server may hang up on a body that it will not read to its end.
    const status = await ask(world.appUrl, asked).then(
      (reply) => reply.status,
      () => 413,
    );
    if (status !== expected) wrong.push(`${what}: ${status}`);
  }
  return wrong;
}

/** Row 25 over HTTP: so many inputs to every procedure, as an admin or by a key where only keys may call. */
export async function fuzzedInputs(stage: Stage, inputs: number): Promise<Measured> {
  const callers = await everyCaller(stage);
  const admin = callers.find(({ name }) => name === 'admin');
  if (!admin) throw new Error('there is no admin');
  const said: string[] = [];
  const wrong: string[] = [];
  const batches = PROCEDURES.filter(({ path }) => !ENDS_SESSIONS.test(path)).flatMap((procedure) => {
    const caller = callers.find((each) => each.refusal(procedure) === null && each.isInside) ?? admin;
    const texts = inputsOf(procedure.path, inputs);
    const by = procedure.access.roles.includes('admin') ? admin : caller;
    return Array.from({ length: Math.ceil(texts.length / BATCH_CALLS) }, (_, at) => ({
      procedure,
      asked: batchOf(procedure, texts.slice(at * BATCH_CALLS, (at + 1) * BATCH_CALLS), by.headers),
    }));
  });
  const residentNow = () => residentMb(stage.world.members.get('web-1')?.pid ?? 0);
  const residentMbAfter = async (part: typeof batches) => {
    await inTurns(part, async ({ procedure, asked }) => {
      const reply = await ask(stage.world.appUrl, asked);
      const endings = endingsIn(reply.body, reply.status);
      said.push(...endings);
      const bad = endings.filter((ending) => !/^(?:answered|[a-z_]+\.[a-z_]+|4\d\d)$/.test(ending));
      if (bad.length > 0) wrong.push(`${procedure.path}: ${bad[0]} to ${asked.body ?? decodeURIComponent(asked.path)}`);
    });
    return residentNow();
  };
  const warm = await residentMbAfter(batches.filter((_, at) => at % 2 === 0));
  const atEnd = await residentMbAfter(batches.filter((_, at) => at % 2 === 1));
  let after = atEnd;
  for (const until = Date.now() + GIVES_BACK_WITHIN_MS; after > warm * GROWTH_MAX && Date.now() < until; ) {
    await pause(1_000);
    after = Math.min(after, residentNow());
  }
  // Last, because a server hangs up on some of these.
  wrong.push(...(await bodies(stage, admin)));
  if (after > warm * GROWTH_MAX) wrong.push(`the console holds ${after} MB after ${warm} MB`);
  return {
    holds: wrong.length === 0 && said.length > batches.length,
    figures: [
      `over HTTP: ${said.length} inputs in ${batches.length} requests, ${wrong.length} broke something`,
      `the console held ${warm} MB after half of them, ${atEnd} MB after all, ${after} MB in the end`,
      `most often: ${JSON.stringify(
        Object.fromEntries(
          Object.entries(tallied(said))
            .toSorted(([, a], [, b]) => b - a)
            .slice(0, 6),
        ),
      )}`,
      ...wrong.slice(0, SHOWN_MAX).map((line) => line.slice(0, 500)),
    ],
  };
}

/** The same in this process, where ten thousand for each procedure can be asked. */
export async function andInProcess(overHttp: () => Promise<Measured>): Promise<Measured> {
  const inside = await testsProve('server/trpc/fuzz.db.test.ts', 'server/trpc/bad-input.db.test.ts');
  const outside = await overHttp();
  return { holds: inside.holds && outside.holds, figures: [...inside.figures, ...outside.figures] };
}
