import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { FUZZ_MARK, InputFuzz } from '#server/testing/fuzz.ts';
import { watchingStatements } from '#server/testing/statement-faults.ts';
import { operatorOf, platformOf } from '#server/testing/withdrawals.ts';
import { Random } from '../../scripts/chaos/random.ts';
import { figure, sized } from '../../scripts/prove/size.ts';
import { appRouter } from './root.ts';

// Row 25: no input breaks a procedure. Row 26: whatever a caller sends, the statements stay what they are.

const INPUTS = sized(20, 10_000);
const SEED = 25;
/** The ORM writes values into its statements, as literals; what is left without them is the statement itself. */
const LITERALS = /\bE'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'/gs;
/**
 * After the name of a prepared statement. The record of a refusal is kept on purpose; a grant is the test's own; that a
 * session is in use is noted now and then, whatever comes of the call.
 */
const WRITES =
  /^\S* \s*(?:insert into|update|delete from)\s+"?(?!audit_events|step_ups|operator_sessions set last_seen_at)/i;

type Declared = Readonly<Record<string, { _def: { inputs: readonly z.ZodType[]; meta?: { access?: Access } } }>>;
interface Access {
  readonly roles: readonly string[];
}
const procedures = Object.entries(appRouter._def.procedures as unknown as Declared);
/**
 * These open transactions of their own, so that what they count or claim stays whatever comes of the call: tries of a code
 * or a key, a challenge, the claim of a wallet.
 */
const KEEPS_WHAT_IT_COUNTS = /^(?:signIn|secondFactor|stepUp|passkeys)\.|^wallets\.(?:create|rotateKey|probeKey)$/;

let app: TestApplication;
const tookMs: number[] = [];
const statements = new Set<string>();
let answered = 0;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  const sorted = tookMs.toSorted((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  figure(`${sorted.length} inputs to ${procedures.length} procedures, ${answered} answered, p99 ${p99.toFixed(1)} ms`);
  figure(`${statements.size} different statements`);
  await app.close();
});

interface Ending {
  readonly code: string;
  readonly sent: readonly string[];
}

async function ending(call: (input: unknown) => Promise<unknown>, input: unknown): Promise<Ending> {
  const sent: string[] = [];
  const from = performance.now();
  const code = await watchingStatements(
    (text) => void sent.push(text),
    () =>
      call(input).then(
        () => 'answered',
        (error: unknown) =>
          error instanceof Error && 'code' in error ? String(error.code) : `untyped: ${String(error)}`,
      ),
  );
  tookMs.push(performance.now() - from);
  return { code, sent };
}

const withoutLiterals = (text: string): string => text.replace(LITERALS, '?');

/** What was written and stayed, if anything: in a transaction that was committed, or in none. */
function kept(sent: readonly string[]): string | null {
  let [isOpen, written]: [boolean, string | null] = [false, null];
  for (const text of sent) {
    const [, verb = ''] = /^\S* \s*(begin|start transaction|commit|rollback(?! to))/i.exec(text) ?? [];
    if (WRITES.test(text)) {
      if (!isOpen) return text;
      written = text;
    } else if (verb) {
      if (/commit/i.test(verb) && written) return written;
      [isOpen, written] = [/begin|start/i.test(verb), null];
    }
  }
  return null;
}

/** What is wrong with how a call ended, if anything. */
function fault(path: string, { code, sent }: Ending): string | null {
  if (code === 'INTERNAL_SERVER_ERROR' || code.startsWith('untyped')) return code;
  const changed = sent.map(withoutLiterals).find((text) => text.includes(FUZZ_MARK));
  if (changed) return `what was sent became a part of a statement: ${changed.slice(0, 200)}`;
  const written = code === 'answered' || KEEPS_WHAT_IT_COUNTS.test(path) ? null : kept(sent);
  return written && `refused (${code}), and yet: ${written.slice(0, 200)}`;
}

describe.each(procedures)('%s', (path, { _def }) => {
  test('takes or refuses whatever it is sent, whole, and no statement becomes another one', {
    timeout: 3_600_000,
  }, async () => {
    const [schema] = _def.inputs;
    if (!schema) throw new Error(`${path} does not say what it takes`);
    const isOfKeys = _def.meta?.access?.roles.length === 0;
    const { caller } = isOfKeys ? await platformOf(app) : await operatorOf(app, 'admin');
    const call = path.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], caller);
    const fuzz = new InputFuzz(schema, new Random(SEED).fork(path));
    const faults: string[] = [];
    for (let no = 0; no < INPUTS; no += 1) {
      const input = fuzz.next();
      const one = await ending(call as (input: unknown) => Promise<unknown>, input);
      if (one.code === 'answered') answered += 1;
      for (const text of one.sent) statements.add(withoutLiterals(text));
      const wrong = fault(path, one);
      if (wrong) faults.push(`${wrong} after ${JSON.stringify(input)?.slice(0, 300)}`);
    }
    expect(faults.slice(0, 5)).toEqual([]);
    expect(Object.hasOwn(Object.prototype, FUZZ_MARK)).toBe(false);
  });
});
