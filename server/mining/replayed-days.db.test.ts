import { afterAll, beforeAll, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import { Amount } from '#server/kernel/amount.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { withFault } from '#server/testing/statement-faults.ts';
import { Random } from '../../scripts/chaos/random.ts';
import { figure, sized } from '../../scripts/prove/size.ts';
import type { PoolReadings } from './mining-collector.ts';

const DAYS = sized(3, 20);
const TIMES = 3;
const SEED = 17;
/** Cuts in the middle of a batch: every so many statements one. */
const EVERY_STATEMENTS = sized(29, 1);

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

/** Day, coin and sum of everything that was booked. */
const booked = () =>
  app.sql<{ reference: string; asset: string; amount: string }>(`
    select t.reference, t.asset, trim_scale(-sum(e.amount))::text as amount from ledger_transactions t
    join ledger_entries e on e.transaction_id = t.id
    where t.kind = 'COLLECT' and e.code = 'undistributed' group by t.reference, t.asset order by 1, 2`);

/** The kept figures, in words that do not depend on when and how often they were read. */
const kept = () =>
  app.sql(`select kind, asset, day::text as day, trim_scale(amount)::text as amount, count(*)::int from mining_balances
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`);

/** What one clean reading books: each coin of each day, once. */
const once = (all: readonly PoolReadings[]) =>
  all
    .flatMap(({ profits }) => profits)
    .flatMap(({ day, coins }) => coins.map(({ asset, total }) => `${day} ${asset} ${Amount.fromDecimal(asset, total)}`))
    .sort();

const keep = (readings: PoolReadings) =>
  app.container.sessions.inTransaction(({ miningCollector }) => miningCollector.keep(readings, WORKER));

async function dayReadings(): Promise<PoolReadings[]> {
  const lastMs = app.clock.now().getTime() - 2 * 86_400_000;
  const days = Array.from({ length: DAYS }, (_, at) => new Date(lastMs - at * 86_400_000).toISOString().slice(0, 10));
  const { sessions } = app.container;
  const read = (day: string) =>
    sessions.withoutTransaction(({ miningCollector }) => miningCollector.read({ from: day, to: day }));
  return Promise.all(days.map(read));
}

test('three times, shuffled and cut in the middle gives what one clean reading gives', {
  timeout: 600_000,
}, async () => {
  const clean = await dayReadings();
  const random = new Random(SEED);
  const shuffled = Array.from({ length: TIMES }, () => clean)
    .flat()
    .map((readings) => ({ readings, at: random.next() }))
    .sort((a, b) => a.at - b.at);
  let cuts = 0;
  for (const { readings } of shuffled) {
    for (let at = 0, met = true; met; at += EVERY_STATEMENTS) {
      met = false;
      const onMet = () => {
        met = true;
      };
      await withFault({ at, fault: random.next() < 0.5 ? 'cut' : 'raised', onMet }, () => keep(readings)).catch(
        () => undefined,
      );
      cuts += met ? 1 : 0;
    }
  }
  const state = [await booked(), await kept()] as const;
  const lines = state[0].map(({ reference, asset, amount }) => `${reference} ${asset} ${amount}`);
  expect(lines.map((line) => line.replace(/^\S*?(\d{4}-\d\d-\d\d)\S*/, '$1')).sort()).toEqual(once(clean));
  for (const readings of clean) await keep(readings);
  expect([await booked(), await kept()]).toEqual(state);
  expect(cuts).toBeGreaterThan(DAYS);
  figure(
    `${shuffled.length} readings of ${DAYS} days, shuffled, cut ${cuts} times: the end state of one clean reading`,
  );
});
