import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { Bookings, type Movement } from '#server/testing/bookings.ts';
import { expectLedgerBalanced } from '#server/testing/books.ts';
import { aMember } from '#server/testing/members.ts';

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

type Whose = { readonly memberId: string; readonly walletId: string };

/** Everything that touches the company's accounts, for one member and one wallet. */
async function everything({ memberId, walletId }: Whose): Promise<void> {
  const of = { withdrawalId: newId(), attemptId: newId(), amount: '1' };
  const late = { withdrawalId: newId(), attemptId: newId(), amount: '1' };
  const swept = { ...of, walletId, withdrawalId: newId(), attemptId: newId() };
  const paid = (each: object, last: Movement['kind']): Movement[] =>
    (['HOLD', 'DISPATCH', last] as const).map((kind) => ({ amount: '1', ...each, kind }));
  const movements: Movement[] = [
    ...paid({ ...of, fee: '0.1' }, 'SETTLE'),
    { kind: 'HANDOVER', ...of },
    ...paid(late, 'RETURN'),
    { kind: 'LATE', ...late, fee: '0.1' },
    { kind: 'OBSERVE', walletId, amount: '1' },
    ...paid({ ...swept, toCompany: true }, 'SETTLE'),
    { kind: 'GAS', ...swept, amount: '0.1' },
    { kind: 'GAS_TOPUP', ...of, asset: 'BSC:BNB' },
  ];
  await books.sessions.inTransaction(async ({ em, ledger }) => {
    // A lock that somebody else holds is an error here, not a wait.
    await sql(em, "set local lock_timeout = '1ms'");
    await ledger.collect({ day: '2026-03-01', amount: Amount.parse('LTC', '9'), source: newId() }, BY);
    const credit = { memberId, asset: 'LTC', amount: '9', reference: newId() };
    const { transactionId } = await ledger.credit(credit, BY);
    await ledger.post(movements.map((movement) => books.posting(memberId, movement)));
    await ledger.reverse({ transactionId, amount: '1', reference: newId() }, BY);
    await held?.();
  });
}
const BY = { type: 'system', id: 'test' } as const;
let held: (() => Promise<void>) | undefined;

test('no booking of one member or wallet waits for another’s, whatever they book at once', async () => {
  const someone = (): Whose => ({ memberId: aMember(), walletId: newId() });
  await everything(someone());
  const [open, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  held = () => {
    open.resolve();
    return end.promise;
  };
  const first = everything(someone());
  await open.promise;
  held = undefined;
  await everything(someone());
  end.resolve();
  await first;
});

test('two bookings of one member do wait: the test above would see a lock', async () => {
  const whose = { memberId: aMember(), walletId: newId() };
  await everything(whose);
  const [open, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  held = () => {
    open.resolve();
    return end.promise;
  };
  const first = everything(whose);
  await open.promise;
  held = undefined;
  await expect(everything(whose)).rejects.toThrow(/lock timeout|nothing was done/);
  end.resolve();
  await first;
});

test('only accounts of members and wallets have a row that a booking locks', async () => {
  const rows = await app.sql<{ kind: string }>(
    `select distinct split_part(code, ':', 1) as kind from ledger_balances order by 1`,
  );
  expect(rows.map(({ kind }) => kind)).toEqual(['user', 'wallet']);
});
