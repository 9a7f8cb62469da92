import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispatchPayout } from '#server/jobs/dispatch-payout.ts';
import { WORKER } from '#server/jobs/job-context.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { tampered } from '#server/testing/tampering.ts';
import { approved, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

const poolHolds = (asset: string, figures: { amount?: string; available?: string; daysAgo?: number }) =>
  app.sql(
    `update mining_balances set amount = ?, available = ?, day = (now() at time zone 'utc')::date - ?::int
     where kind = 'asset' and asset = ?`,
    [figures.amount ?? null, figures.available ?? null, figures.daysAgo ?? 1, asset],
  );
/** The pool was read only now, and minutes ahead by its clock: all that was sent so far is from before. */
const readLater = (asset: string) =>
  app.sql(
    `update mining_balances set day = (now() at time zone 'utc')::date, read_at = now() + interval '5 minutes'
     where kind = 'asset' and asset = ?`,
    [asset],
  );
const sent = async (asset: string, amount: string) => {
  const request = await approved(app, { asset, amount });
  await app.jobs.drain('payout.dispatch');
  const { status, waitReason } = await shown(app, request);
  return waitReason ?? status;
};

describe('what the pool cannot cover is not sent', () => {
  test('by what is available, and less what was sent since its cut', async () => {
    await poolHolds('LTC', { amount: '50', available: '3' });
    expect(await sent('LTC', '2')).toBe('submitted');
    expect(await sent('LTC', '1.1')).toBe('pool_funds');
    expect(await sent('LTC', '0.9')).toBe('submitted');
    expect(await sent('LTC', '0.2')).toBe('pool_funds');
  });

  test('two that ask at the same moment cannot both have the last of it', async () => {
    await poolHolds('DOGE', { available: '10' });
    const both = [
      await approved(app, { asset: 'DOGE', amount: '6' }),
      await approved(app, { asset: 'DOGE', amount: '7' }),
    ];
    // Whoever comes to the commit second is sent back, and finds out why at the next try.
    await Promise.allSettled(both.map(({ id }) => dispatchPayout(app.jobs.context, { withdrawalId: id })));
    await app.jobs.drain('payout.dispatch');
    const ends = await Promise.all(both.map(async (each) => (await shown(app, each)).waitReason));
    expect(ends.toSorted()).toEqual([null, 'pool_funds']);
  });

  test('nor both be fenced, however late each commits', async () => {
    await poolHolds('PEP', { available: '10' });
    const both = [
      await approved(app, { asset: 'PEP', amount: '6' }),
      await approved(app, { asset: 'PEP', amount: '7' }),
    ];
    let fencing = both.length;
    const bothAreFenced = Promise.withResolvers<void>();
    const sender = { worker: 'test', deadlineMs: 1_000, transitDeadlineMs: 1_000, mayLeave: () => true };
    const fences = both.map(({ id: withdrawalId }) =>
      app.container.sessions.inTransaction(async ({ payoutFence }) => {
        await payoutFence.fence({ withdrawalId, before: null }, sender, WORKER);
        fencing -= 1;
        if (fencing === 0) bothAreFenced.resolve();
        await bothAreFenced.promise;
      }),
    );
    const ends = await Promise.allSettled(fences);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'system.busy' } });
  });

  test('what was open at the cut, and what each takes beside its amount as payments of ours did, counts as well', async () => {
    await poolHolds('SHIC', { amount: '50', available: '50' });
    expect(await sent('SHIC', '4')).toBe('submitted');
    await poolHolds('SHIC', { available: '7' });
    await readLater('SHIC');
    expect(await sent('SHIC', '3.5')).toBe('pool_funds');
    await app.sql(
      `insert into pool_row_claims (id, provider, reference, asset, amount, how, by_name, type, claimed_by, fee)
       values (gen_random_uuid(), 'hashdam', 'W-hand', 'SHIC', 1, 'registered', false, 'interUser', 'test', 3)`,
    );
    const paid = `insert into pool_row_claims (id, provider, reference, asset, amount, how, attempt_id, by_name, type, claimed_by, fee)
       values (gen_random_uuid(), 'hashdam', 'W-fee', 'SHIC', 1, 'bound', gen_random_uuid(), true, 'interUser', 'test', 0.5)`;
    await tampered(app, paid, []);
    expect(await sent('SHIC', '2.5')).toBe('pool_funds');
    expect(await sent('SHIC', '2')).toBe('submitted');
  });

  test('but not what the pool takes out of what it pays, nor what was over by then', async () => {
    await app.sql(
      `insert into pool_fee_modes (asset, mode, day, since) values ('SHIC', 'inside', '2026-03-01', '2026-03-01')`,
    );
    await poolHolds('SHIC', { available: '7' });
    expect(await sent('SHIC', '1')).toBe('submitted');
    expect(await sent('SHIC', '0.1')).toBe('pool_funds');
    app.hashdam.control.settle();
    await app.jobs.hurry('payout.look-up');
    expect(await sent('SHIC', '0.2')).toBe('pool_funds');
    await readLater('SHIC');
    expect(await sent('SHIC', '6.9')).toBe('submitted');
    await poolHolds('SHIC', {});
  });

  test('by the whole balance where that is all the pool says', async () => {
    await poolHolds('BELLS', { amount: '1' });
    expect(await sent('BELLS', '1.5')).toBe('pool_funds');
  });

  test('what is not known, or too old to say anything, holds nothing back', async () => {
    await poolHolds('LKY', {});
    expect(await sent('LKY', '2')).toBe('submitted');
    await app.sql(`update mining_balances set day = day - 4, available = 0, amount = 0 where kind = 'asset'`);
    expect(await sent('PEP', '2')).toBe('submitted');
  });
});
