import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobName } from '#server/kernel/job-queue.ts';
import type { TestApplication } from '#server/testing/application.ts';
import {
  aHash,
  carriedOut,
  look,
  refusedTransit,
  report,
  seenTwice,
  type TransitBench,
  tokenOf,
  transitBench,
} from '#server/testing/transits.ts';
import { aFundedWallet, timePasses } from '#server/testing/wallet-payouts.ts';
import { approved, asked, fenced, operatorOf, shown, submitted } from '#server/testing/withdrawals.ts';

let bench: TransitBench;
let app: TestApplication;
beforeAll(async () => {
  bench = await transitBench();
  app = bench.app;
});
afterAll(() => bench.close());

const giveUp = (name: JobName) =>
  app.sql(`update pgboss.job set state = 'failed' where name = ? and state < 'completed'`, [name]);
const rearmed = () => app.container.sessions.inTransaction(({ lostJobs }) => lostJobs.rearm());

test('while every row has its job, nothing is sent', async () => {
  await approved(app);
  await submitted(app);
  await asked(app);
  expect(await rearmed()).toBe(0);
});

test('a payout whose job was given up is sent after all, once', async () => {
  await app.jobs.drain('payout.dispatch');
  const request = await approved(app);
  await giveUp('payout.dispatch');
  expect(await app.jobs.drain('payout.dispatch')).toBe(0);
  expect([await rearmed(), await rearmed()]).toEqual([1, 0]);
  await app.jobs.drain('payout.dispatch');
  expect((await shown(app, request)).status).toBe('submitted');
});

test('so is a look-up, and a request still expires', async () => {
  const sent = await submitted(app);
  await giveUp('payout.look-up');
  await app.jobs.hurry('payout.look-up');
  expect((await shown(app, sent)).status).toBe('submitted');
  expect(await rearmed()).toBeGreaterThan(0);
  await app.jobs.drain('payout.look-up');
  expect((await shown(app, sent)).status).toBe('completed');
  await giveUp('withdrawal.expire');
  expect(await rearmed()).toBeGreaterThan(0);
});

test('a request on hold has no clock that must be watched', async () => {
  await app.jobs.drain('withdrawal.expire');
  await rearmed();
  const request = await asked(app);
  const { caller } = await operatorOf(app);
  await caller.withdrawals.hold({ id: request.id, reason: 'suspected_fraud', note: 'looked at' });
  await giveUp('withdrawal.expire');
  await rearmed();
  const mine = `select 1 from pgboss.job where name = 'withdrawal.expire' and state < 'completed' and data->>'withdrawalId' = ?`;
  expect(await app.sql(mine, [request.id])).toEqual([]);
});

test("a look that was superseded is nobody's: the one that is due comes all the same", async () => {
  const sent = await submitted(app);
  const later = `update payout_attempts set next_look_at = next_look_at + interval '1 second' where withdrawal_id = ?`;
  await app.sql(later, [sent.id]);
  expect(await rearmed()).toBe(1);
  expect(await rearmed()).toBe(0);
});

test('the end of a lease that nobody watches any more is watched again', async () => {
  await fenced(app, await approved(app));
  expect(await rearmed()).toBe(0);
  await giveUp('payout.recover');
  expect(await rearmed()).toBe(1);
  const [job] = await app.sql(`select 1 from pgboss.job where name = 'payout.recover' and state = 'created'`);
  expect(job).toBeDefined();
});

test('what was reported of a closed transit is evaluated although its job is lost, once', async () => {
  const move = await refusedTransit(bench, await aFundedWallet(app, { bnb: '1', usdt: '50' }));
  const waiting = () => app.sql(`select 1 from pgboss.job where name = 'callback.process' and state < 'completed'`);
  await rearmed();
  expect(await waiting()).toHaveLength(0);
  await carriedOut(bench);
  await giveUp('callback.process');
  await rearmed();
  await rearmed();
  expect(await waiting()).toHaveLength(1);
  await seenTwice(bench);
  expect((await shown(app, move)).hold).toMatchObject({ reason: 'late_success' });
});

test('a closed transit that a report gave a name is looked for every day, although its job is lost', async () => {
  const move = await refusedTransit(bench, await aFundedWallet(app, { bnb: '1', usdt: '50' }));
  const token = await tokenOf(bench, move);
  await report(bench, move.secret, { result: true, token, txidToken: aHash() });
  await look(bench);
  const waiting = () =>
    app.sql(
      `select 1 from pgboss.job j join payout_attempts a on j.data ->> 'attemptId' = a.id::text
       where j.name = 'payout.look-up' and j.state < 'completed' and a.withdrawal_id = ?`,
      [move.id],
    );
  await giveUp('payout.look-up');
  await rearmed();
  expect(await waiting()).toHaveLength(0);
  await timePasses(app, 25 * 3_600);
  await rearmed();
  await rearmed();
  expect(await waiting()).toHaveLength(1);
  await app.jobs.drain('payout.look-up');
  expect(await waiting()).toHaveLength(1);
  await giveUp('payout.look-up');
  await timePasses(app, 30 * 24 * 3_600);
  await rearmed();
  expect(await waiting()).toHaveLength(0);
});
