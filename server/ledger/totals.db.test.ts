import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { Bookings } from '#server/testing/bookings.ts';
import { expectLedgerBalanced } from '#server/testing/books.ts';
import { aMember } from '#server/testing/members.ts';

const BY = { type: 'system', id: 'test' } as const;
let app: TestApplication;
let books: Bookings;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  books = new Bookings(app);
});
afterAll(async () => {
  await expectLedgerBalanced(app);
  await app.close();
});

const fold = () => books.sessions.inTransaction(({ ledger }) => ledger.fold());
const totals = () =>
  books.sessions.withoutTransaction(async ({ repository }) =>
    (await repository.totals()).map(({ asset, bucket, amount }) => `${asset} ${bucket} ${amount}`),
  );
const sums = async () =>
  (
    await app.sql<{ line: string }>(
      `select asset || ' ' || bucket || ' ' || trim_scale(sum(amount)) as line
       from ledger_entries join ledger_accounts using (code, asset) group by asset, bucket order by asset, bucket`,
    )
  ).map(({ line }) => line);
/** A fold ends where the oldest transaction of the whole server begins, also one of another test's database. */
const foldedAll = () =>
  vi.waitFor(
    async () => {
      await fold();
      expect(await waiting()).toBe(0);
    },
    { timeout: 10_000, interval: 50 },
  );
const waiting = async () =>
  (await app.sql('select 1 from ledger_entries where xact >= (select through from ledger_fold)')).length;
const folded = async () => (await app.sql<{ amount: string }>('select amount from ledger_totals')).length;

async function someWork(): Promise<void> {
  const memberId = aMember();
  await books.collect('2026-03-01', Amount.parse('LTC', '3'), newId());
  await books.credit(memberId, '1.000000000000000001');
  await books.credit(memberId, '7', { asset: 'DOGE' });
  await books.post(memberId, { kind: 'HOLD', amount: '0.25' });
}

/** A credit whose transaction has begun, and has written where it says so, but not ended. */
async function unfinishedCredit({ written }: { written: boolean }): Promise<{ finish(): Promise<unknown> }> {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const committed = books.sessions.inTransaction(async ({ em, ledger }) => {
    await sql(em, 'select pg_current_xact_id()');
    const credit = () => ledger.credit({ memberId: aMember(), asset: 'LTC', amount: '11', reference: newId() }, BY);
    if (written) await credit();
    begun.resolve();
    await end.promise;
    if (!written) await credit();
  });
  await begun.promise;
  return {
    finish: () => {
      end.resolve();
      return committed;
    },
  };
}

describe('totals', () => {
  test('are the sum of all entries before and after a fold, and after more work', async () => {
    await someWork();
    expect(await totals()).toEqual(await sums());
    await foldedAll();
    expect(await folded()).toBeGreaterThan(0);
    expect(await totals()).toEqual(await sums());
    await someWork();
    expect(await totals()).toEqual(await sums());
  });

  test('do not change by folding again and again', async () => {
    await someWork();
    const before = await totals();
    for (let turn = 0; turn < 3; turn += 1) await fold();
    expect(await totals()).toEqual(before);
  });

  test('fold once when many fold at once', async () => {
    await someWork();
    await Promise.all(Array.from({ length: 5 }, fold));
    expect(await totals()).toEqual(await sums());
  });

  test.each([
    ['has not written yet', false],
    ['has written already', true],
  ])('lose nothing and count nothing twice while a transaction is open that %s', async (_what, written) => {
    const open = await unfinishedCredit({ written });
    await someWork();
    await fold();
    expect(await totals()).toEqual(await sums());
    await open.finish();
    expect(await totals()).toEqual(await sums());
    await fold();
    expect(await totals()).toEqual(await sums());
  });

  test('fold what came before an open transaction', async () => {
    await someWork();
    await foldedAll();
    const open = await unfinishedCredit({ written: true });
    await fold();
    expect(await waiting()).toBe(0);
    await open.finish();
    expect(await totals()).toEqual(await sums());
  });

  test('as a view say what all members are owed, and where the coins are', async () => {
    const memberId = aMember();
    await books.collect('2026-03-02', Amount.parse('JKC', '100'), newId());
    await books.credit(memberId, '40', { asset: 'JKC' });
    const of = { amount: '10', asset: 'JKC', withdrawalId: newId(), attemptId: newId() };
    await books.post(memberId, { kind: 'HOLD', ...of }, { kind: 'DISPATCH', ...of });
    await books.post(memberId, { kind: 'SETTLE', ...of, fee: '0.1' }, { kind: 'HOLD', amount: '5', asset: 'JKC' });
    const { rows } = await books.sessions.withoutTransaction(({ ledger }) => ledger.totals());
    expect(rows.find(({ asset }) => asset === 'JKC')).toEqual({
      asset: 'JKC',
      available: '25',
      held: '5',
      inFlight: '0',
      payable: '10',
      owed: '40',
      pool: '89.9',
      company: '10',
      undistributed: '60',
    });
  });
});
