import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookUpPayout } from '#server/jobs/look-up-payout.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { lostPayout } from '#server/testing/unknown-payouts.ts';
import { aFundedWallet, sentMove, timePasses } from '#server/testing/wallet-payouts.ts';
import { type Asked, operatorOf, shown, submitted } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ hashdam: { settleAfterMs: 86_400_000 } });
});
afterAll(() => app.close());

/** The looks that are still to come, as the queue has them. */
const ordered = ({ id }: { id: string }) =>
  app.sql<{ data: { attemptId: string; at?: string } }>(
    `select j.data from pgboss.job j join payout_attempts a on a.id::text = j.data->>'attemptId'
     where j.name = 'payout.look-up' and j.state = 'created' and a.withdrawal_id = ?`,
    [id],
  );

async function inDoubt(): Promise<Asked> {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  app.mblock.control.fault({ method: 'transferByWalletKey', fault: 'drop_after' });
  return sentMove(app, wallet);
}

test.each<[string, string, () => Promise<Asked>]>([
  ['of the pool that is under way', 'submitted', () => submitted(app)],
  ['of the pool that may not have been made', 'manual-review', () => lostPayout(app, { asset: 'BELLS' })],
  [
    'of a wallet that is under way',
    'submitted',
    async () => sentMove(app, await aFundedWallet(app, { bnb: '1', usdt: '50' })),
  ],
  ['of a wallet that may not have been made', 'manual-review', inDoubt],
])(
  'a payment %s has one look to come, however often it was looked at in between, or twice by one job',
  async (_what, status, send) => {
    const payment = await send();
    expect((await shown(app, payment)).status).toBe(status);
    const [first] = await ordered(payment);
    const { caller } = await operatorOf(app);
    for (let extra = 0; extra < 3; extra += 1) {
      await caller.withdrawals.recheck({ id: payment.id });
      await app.jobs.drain('payout.look-up');
    }
    expect((await ordered(payment)).length).toBe(1);
    await app.jobs.hurry('payout.look-up');
    const next = await ordered(payment);
    expect(next.length).toBe(1);
    // Its worker died after the commit: the queue gives the job out again.
    for (const job of [first, ...next, ...next]) await lookUpPayout(app.jobs.context, job?.data ?? { attemptId: '' });
    const { attempts } = await shown(app, payment);
    const looks = attempts[0]?.id ?? '';
    const due = await app.sql<{ same: boolean }>(
      `select (j.data->>'at')::timestamptz = a.next_look_at as same from pgboss.job j
     join payout_attempts a on a.id::text = j.data->>'attemptId'
     where j.name = 'payout.look-up' and j.state = 'created' and a.id = ? and j.start_after = a.next_look_at`,
      [looks],
    );
    expect(due).toEqual([{ same: true }]);
  },
);

test('a payment that an extra look has proven is looked for again after ten minutes, and not by what was ordered before', async () => {
  const payment = await sentMove(app, await aFundedWallet(app, { bnb: '1', usdt: '50' }));
  const { caller } = await operatorOf(app);
  for (const seconds of [0, 10]) {
    await timePasses(app, seconds);
    await caller.withdrawals.recheck({ id: payment.id });
    await app.jobs.drain('payout.look-up');
  }
  expect((await shown(app, payment)).status).toBe('completed');
  const standing = await app.sql<{ minutes: string }>(
    `select round(extract(epoch from j.start_after - now()) / 60)::text as minutes from pgboss.job j
     join payout_attempts a on a.id::text = j.data->>'attemptId' and (j.data->>'at')::timestamptz = a.next_look_at
     where j.name = 'payout.look-up' and j.state = 'created' and a.withdrawal_id = ?`,
    [payment.id],
  );
  expect(standing).toEqual([{ minutes: '10' }]);
});

test('a list that does not say how long it is shows that a payment was made, and not that it failed', async () => {
  const [paid, failed] = [await submitted(app), await submitted(app)];
  app.hashdam.control.settle({ reference: paid.reference });
  app.hashdam.control.settle({ reference: failed.reference, status: 'failed' });
  app.hashdam.control.fault({ method: 'assetWithdrawHistory', fault: 'no_pagination', times: 9 });
  await app.jobs.hurry('payout.look-up');
  expect((await shown(app, paid)).status).toBe('completed');
  expect((await shown(app, failed)).status).toBe('submitted');
  await app.jobs.hurry('payout.look-up');
  expect(await app.sql('select 1 from payout_attempts where failed_seen_at is not null')).toEqual([]);
});
