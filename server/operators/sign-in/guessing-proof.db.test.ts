import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { peerHeader } from '#server/peer.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { anOperator, authPost } from '#server/testing/sign-in.ts';
import { figure, sized } from '../../../scripts/prove/size.ts';

/** `npm run prove -- --row 29` does all of it; the suite does a piece. */
const TRIES = sized(60, 2_500);
const TIMED_PAIRS = sized(3, 150);
const AT_ONCE = 20;
const TRIES_MAX = 10;
const SEED = 29;
const TEST_MS = sized(20_000, 600_000);

let app: TestApplication;
let kim: { email: string };
beforeAll(async () => {
  app = await testApplication({ collected: false });
  kim = await anOperator(app, 'support');
});
afterAll(() => app.close());

/** Numbers that are the same in every run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
const next = numbers(SEED);
const group = () => (next() % 65_536).toString(16);
const v4 = () => `${(next() % 200) + 11}.${next() % 256}.${next() % 256}.${next() % 256}`;

interface Guess {
  readonly email: string;
  readonly peer: string;
  readonly forwarded?: string;
}
async function statusOf({ email, peer, forwarded }: Guess): Promise<number> {
  const headers = { [peerHeader()]: peer, ...(forwarded && { 'x-forwarded-for': forwarded }) };
  const body = { email, password: `guess ${next()} and ${next()}` };
  return (await authPost(app, '/sign-in/email', { body, headers })).status;
}

/** How many of so many guesses were looked at; all others must have been stopped. */
async function lookedAt(guess: () => Guess): Promise<number> {
  await app.sql('delete from operator_attempts');
  let looked = 0;
  for (let done = 0; done < TRIES; done += AT_ONCE) {
    const statuses = await Promise.all(Array.from({ length: AT_ONCE }, () => statusOf(guess())));
    expect(statuses.filter((status) => status !== 401 && status !== 429)).toEqual([]);
    looked += statuses.filter((status) => status === 401).length;
  }
  return looked;
}

describe(`of ${TRIES} guesses each, seed ${SEED}, ten are looked at`, () => {
  test.each<[string, () => Guess]>([
    ['at one account from everywhere', () => ({ email: kim.email, peer: v4() })],
    ['at accounts without end from one address', () => ({ email: `${next()}@example.test`, peer: '192.0.2.1' })],
    [
      'through the addresses of one /64',
      () => ({ email: `${next()}@example.test`, peer: `2001:db8:7:9:${group()}:${group()}:${group()}:${group()}` }),
    ],
    [
      'from one address that claims to be others',
      () => ({ email: `${next()}@example.test`, peer: '192.0.2.2', forwarded: `${v4()}, ${v4()}` }),
    ],
  ])(
    '%s',
    async (what, guess) => {
      const looked = await lookedAt(guess);
      expect(looked).toBe(TRIES_MAX);
      figure(`${what}: ${TRIES} guesses, ${looked} looked at`);
    },
    TEST_MS,
  );
});

/** Milliseconds of one refusal. */
async function timed(email: string): Promise<number> {
  const from = performance.now();
  await statusOf({ email, peer: v4() });
  return performance.now() - from;
}
const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
const variance = (values: readonly number[]) =>
  values.reduce((sum, each) => sum + (each - mean(values)) ** 2, 0) / (values.length - 1);

test(
  'the time of a refusal does not say whether the account is there',
  async () => {
    const known: number[] = [];
    const unknown: number[] = [];
    for (let pair = 0; pair < TIMED_PAIRS; pair += 1) {
      await app.sql('delete from operator_attempts');
      known.push(await timed(kim.email));
      unknown.push(await timed(`${next()}@example.test`));
    }
    const apart = Math.abs(mean(known) - mean(unknown)) / mean(known);
    const t = (mean(known) - mean(unknown)) / Math.sqrt((variance(known) + variance(unknown)) / TIMED_PAIRS);
    figure(
      `known ${mean(known).toFixed(1)} ms, unknown ${mean(unknown).toFixed(1)} ms: ${(apart * 100).toFixed(2)} % apart`,
    );
    figure(`t = ${t.toFixed(2)} of ${TIMED_PAIRS} pairs`);
    // An account that is not there is hashed for as well: without that it would answer in a tenth of the time.
    expect(Math.min(...unknown) / Math.min(...known)).toBeGreaterThan(0.4);
    // Three pairs say nothing of a few parts in a hundred.
    if (TIMED_PAIRS < 100) return;
    expect(apart).toBeLessThan(0.05);
    expect(Math.abs(t)).toBeLessThan(2.6);
  },
  TEST_MS,
);
