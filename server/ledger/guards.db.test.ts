import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { Bookings } from '#server/testing/bookings.ts';
import { expectBooksBalanced, expectLedgerBalanced } from '#server/testing/books.ts';
import { aMember, requested } from '#server/testing/members.ts';
import { companyAccount, leg, memberAccount, movement, RawBooks, type Statement } from '#server/testing/raw-books.ts';

let app: TestApplication;
let books: Bookings;
let raw: RawBooks;
beforeAll(async () => {
  app = await testApplication();
  books = new Bookings(app);
  const { id } = await requested(app, { amount: '0.31' });
  const finance = await app.signedInAs('finance');
  const { digest } = await finance.caller.withdrawals.get({ id });
  await finance.caller.withdrawals.approve({ id, digest });
  await app.jobs.drain('payout.dispatch');
  raw = await RawBooks.open(app);
  await expectBooksBalanced(app);
});
afterAll(async () => {
  await expectLedgerBalanced(app);
  await raw.close();
  await app.close();
});

const committed = (...statements: readonly Statement[]) => raw.committed(...statements);

describe('a movement written by raw SQL', () => {
  test('commits when it is whole', async () => {
    const id = newId();
    await committed(movement(id), leg(id, 'pool:hashdam', '1'), leg(id, 'undistributed', '-1'));
  });

  test.each<[string, (id: string) => Statement[], RegExp]>([
    ['with one leg', (id) => [movement(id), leg(id, 'pool:hashdam', '1')], /is not balanced: 1 legs/],
    ['without a leg', (id) => [movement(id)], /is not balanced: 0 legs/],
    [
      'that is off by the smallest unit',
      (id) => [movement(id), leg(id, 'pool:hashdam', '1'), leg(id, 'undistributed', '-1.000000000000000001')],
      /is not balanced/,
    ],
    [
      'with a leg of another asset',
      (id) => [movement(id), leg(id, 'pool:hashdam', '1'), leg(id, 'undistributed', '-1 DOGE')],
      /is not balanced|ledger_entries_transaction/,
    ],
    [
      'whose legs are all of another asset than itself',
      (id) => [movement(id), leg(id, 'pool:hashdam', '1 DOGE'), leg(id, 'undistributed', '-1 DOGE')],
      /ledger_entries_transaction/,
    ],
    ['with a leg of nothing', (id) => [movement(id), leg(id, 'pool:hashdam', '0')], /check constraint/],
    [
      'whose leg has no account',
      (id) => [movement(id), leg(id, 'nowhere', '1'), leg(id, 'undistributed', '-1')],
      /foreign key/,
    ],
    ['that is not there', (id) => [leg(id, 'pool:hashdam', '1'), leg(id, 'undistributed', '-1')], /foreign key/],
    [
      'that takes a member below zero',
      (id) => [
        memberAccount(id, 'available'),
        movement(id),
        leg(id, `user:${id}:available`, '0.000000000000000001'),
        leg(id, 'undistributed', '-0.000000000000000001'),
      ],
      /ledger_balances_balance_check/,
    ],
  ])('%s cannot commit', async (_what, statements, why) => {
    const id = newId();
    await expect(committed(...statements(id))).rejects.toThrow(why);
    expect(await app.sql('select 1 from ledger_transactions where id = ?', [id])).toEqual([]);
  });

  test('takes no further legs once it has been committed, not even balanced ones that claim its time', async () => {
    const id = newId();
    await committed(movement(id), leg(id, 'pool:hashdam', '1'), leg(id, 'undistributed', '-1'));
    const late = [leg(id, 'pool:hashdam', '1'), leg(id, 'undistributed', '-1')];
    await expect(committed(...late)).rejects.toThrow(/ledger_entries_transaction/);
    const backdated = late.map(
      ([text, values = []]): Statement => [
        text
          .replace('amount)', 'amount, xact)')
          .replace('$5)', '$5, (select xact from ledger_transactions where id = $2))'),
        values,
      ],
    );
    await expect(committed(...backdated)).rejects.toThrow(/ledger_entries_transaction/);
  });
});

describe('an attempt', () => {
  const ends = [
    ['SETTLE', 'SETTLE'],
    ['SETTLE', 'RETURN'],
    ['RETURN', 'SETTLE'],
    ['RETURN', 'RETURN'],
  ] as const;

  test.each(ends)('that ended in a %s takes no %s any more', async (first, second) => {
    const memberId = aMember();
    const of = { withdrawalId: newId(), attemptId: newId(), amount: '1' };
    await books.credit(memberId, '5');
    await books.post(memberId, { kind: 'HOLD', ...of, amount: '4' }, { kind: 'DISPATCH', ...of, amount: '4' });
    await books.post(memberId, { kind: first, ...of });
    const before = await books.balances(memberId);
    await expect(books.post(memberId, { kind: second, ...of })).rejects.toMatchObject({ code: 'system.busy' });
    const id = newId();
    const again = [
      movement(id, { kind: second, attempt_id: of.attemptId, withdrawal_id: of.withdrawalId }),
      leg(id, 'company', '1'),
      leg(id, 'pool:hashdam', '-1'),
    ];
    await expect(committed(companyAccount('company'), ...again)).rejects.toThrow(
      /ledger_transactions_(attempt|closes_once)/,
    );
    expect(await books.balances(memberId)).toEqual(before);
  });

  test('is dispatched once', async () => {
    const memberId = aMember();
    const of = { withdrawalId: newId(), attemptId: newId(), amount: '1' };
    await books.credit(memberId, '5');
    await books.post(memberId, { kind: 'HOLD', ...of, amount: '4' }, { kind: 'DISPATCH', ...of });
    await expect(books.post(memberId, { kind: 'DISPATCH', ...of })).rejects.toMatchObject({ code: 'system.busy' });
  });
});

test.each(['HOLD', 'RELEASE'] as const)('a second %s of the same revision is refused', async (kind) => {
  const memberId = aMember();
  const of = { withdrawalId: newId(), amount: '1' };
  await books.credit(memberId, '9');
  await books.post(memberId, { kind: 'HOLD', ...of, amount: '3' });
  // Coins of another one are there to be given back wrongly.
  await books.post(memberId, { kind: 'HOLD', withdrawalId: newId(), amount: '3' });
  if (kind === 'RELEASE') await books.post(memberId, { kind, ...of });
  const before = await books.balances(memberId);
  await expect(books.post(memberId, { kind, ...of })).rejects.toMatchObject({ code: 'system.busy' });
  expect(await books.balances(memberId)).toEqual(before);
});

describe.each([
  ['ledger_transactions', `kind = 'HOLD'`],
  ['ledger_entries', 'amount = amount'],
  ['ledger_accounts', `bucket = 'company'`],
  ['audit_events', `action = 'nothing'`],
  ['payout_evidence', `kind = 'history'`],
])('%s', (table, change) => {
  const append = { code: '23001', message: expect.stringContaining(`${table} is append-only`) };

  test('cannot be updated', async () => {
    await expect(committed([`update ${table} set ${change}`])).rejects.toMatchObject(append);
  });

  test('cannot be deleted from', async () => {
    await expect(committed([`delete from ${table}`])).rejects.toMatchObject(append);
  });

  test.each(['', ' cascade'])('cannot be truncated%s', async (how) => {
    await expect(committed([`truncate ${table}${how}`])).rejects.toThrow(
      /append-only|cannot truncate a table referenced/,
    );
  });

  test('has rows that would have been touched', async () => {
    expect((await app.sql(`select 1 from ${table} limit 1`)).length).toBe(1);
  });
});

describe('a kept balance', () => {
  test.each([
    `update ledger_balances set balance = balance + 1`,
    `update ledger_balances set balance = balance`,
    `delete from ledger_balances`,
    `insert into ledger_balances (code, asset, balance) values ('company', 'LTC', 1)`,
    `truncate ledger_balances`,
  ])('follows its entries alone: %s is refused', async (text) => {
    await expect(committed([text])).rejects.toThrow(/append-only/);
  });
});
