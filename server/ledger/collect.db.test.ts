import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { Bookings } from '#server/testing/bookings.ts';
import { expectLedgerBalanced } from '#server/testing/books.ts';

const DAY = '2026-03-01';
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

const collected = async (source: string) =>
  app.sql<{ revision: number; amount: string }>(
    `select t.revision, trim_scale(e.amount)::text as amount, t.effective_at::text from ledger_transactions t
     join ledger_entries e on e.transaction_id = t.id and e.code = 'pool:hashdam'
     where t.source = ? order by t.revision`,
    [source],
  );
const collect = async (source: string, text: string) =>
  (await books.collect(DAY, Amount.parse('LTC', text), source)).toString();

describe('what a day brought', () => {
  test('is booked once, however often it is read', async () => {
    const source = newId();
    expect(await collect(source, '0.42')).toBe('0.42');
    expect(await collect(source, '0.42')).toBe('0');
    expect(await collect(source, '0.42')).toBe('0');
    expect(await collected(source)).toMatchObject([{ revision: 1, amount: '0.42' }]);
  });

  test('is put right by the difference when it is restated, up or down', async () => {
    const source = newId();
    expect(await collect(source, '0.42')).toBe('0.42');
    expect(await collect(source, '0.5')).toBe('0.08');
    expect(await collect(source, '0.3')).toBe('-0.2');
    expect(await collect(source, '0.3')).toBe('0');
    expect(await collected(source)).toMatchObject([
      { revision: 1, amount: '0.42' },
      { revision: 2, amount: '0.08' },
      { revision: 3, amount: '-0.2' },
    ]);
  });

  test('counts from the day it is about', async () => {
    const source = newId();
    await collect(source, '1');
    expect(await collected(source)).toMatchObject([{ effective_at: '2026-03-01 00:00:00+00' }]);
  });

  test('of nothing books nothing', async () => {
    const source = newId();
    expect(await collect(source, '0')).toBe('0');
    expect(await collected(source)).toEqual([]);
  });

  test('read by several at once is booked once', async () => {
    const source = newId();
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => collect(source, '0.42')));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    expect(refused.filter((code) => code !== 'system.busy')).toEqual([]);
    expect(await collected(source)).toMatchObject([{ revision: 1, amount: '0.42' }]);
  });
});
