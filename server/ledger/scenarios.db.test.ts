import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { BNB, Bookings, type Movement } from '#server/testing/bookings.ts';
import { alarmsOf, expectLedgerBalanced } from '#server/testing/books.ts';
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

const OPERATOR = { type: 'operator', id: newId(), role: 'finance', sessionId: newId() } as const;

/** Available, held, in flight and payable of one coin, as people write them on a whiteboard. */
const standing = async (memberId: string, asset = 'LTC'): Promise<string> => {
  const balance = (await books.balances(memberId)).find((each) => each.asset === asset);
  if (!balance) return '0/0/0/0';
  const held = Amount.parse(asset, balance.held).minus(Amount.parse(asset, balance.inFlight));
  return [balance.available, held, balance.inFlight, balance.payable].join('/');
};

/** Sums of the company's own accounts, and what changed in them since. */
const COMPANY_ACCOUNTS = ['company', 'pool:hashdam', 'expense:pool_fee', 'receivable:pool', 'undistributed', 'loss'];
async function companyBooks(): Promise<() => Promise<Record<string, string>>> {
  const before = await books.holdings(...COMPANY_ACCOUNTS);
  const of = (sums: Record<string, string>, code: string) => Amount.fromDecimal('LTC', sums[code] ?? '0');
  return async () => {
    const after = await books.holdings(...COMPANY_ACCOUNTS);
    const moved = COMPANY_ACCOUNTS.map((code) => [code, of(after, code).minus(of(before, code))] as const);
    return Object.fromEntries(moved.filter(([, sum]) => !sum.isZero()).map(([code, sum]) => [code, sum.toString()]));
  };
}

describe('a member with 100 LTC who withdraws 10', () => {
  let memberId: string;
  let creditId: string;
  let of: { withdrawalId: string; attemptId: string; amount: string };
  let company: () => Promise<Record<string, string>>;
  const book = (...movements: (Pick<Movement, 'kind'> & Partial<Movement>)[]) =>
    books.post(memberId, ...movements.map((each) => ({ ...of, ...each })));
  beforeEach(async () => {
    memberId = aMember();
    await books.collect('2026-03-01', Amount.parse('LTC', '100'), newId());
    creditId = (await books.credit(memberId, '100')).transactionId;
    of = { withdrawalId: newId(), attemptId: newId(), amount: '10' };
    company = await companyBooks();
  });

  test('is owed the 10 until the platform has passed them on; the company bears a fee on top', async () => {
    await book({ kind: 'HOLD' });
    expect(await standing(memberId)).toBe('90/10/0/0');
    await book({ kind: 'DISPATCH' });
    expect(await standing(memberId)).toBe('90/0/10/0');
    await book({ kind: 'SETTLE', fee: '0.1' });
    expect(await standing(memberId)).toBe('90/0/0/10');
    expect(await company()).toEqual({ company: '10', 'expense:pool_fee': '0.1', 'pool:hashdam': '-10.1' });
    await book({ kind: 'HANDOVER', reference: newId() });
    expect(await standing(memberId)).toBe('90/0/0/0');
    expect(await company()).toEqual({ 'expense:pool_fee': '0.1', 'pool:hashdam': '-10.1' });
  });

  test('scenario 2: is owed 10 also when the pool took its fee out of them: the company makes up for it', async () => {
    await book({ kind: 'HOLD' }, { kind: 'DISPATCH' }, { kind: 'SETTLE', fee: '0.1', feeMode: 'inside' });
    expect(await standing(memberId)).toBe('90/0/0/10');
    expect(await company()).toEqual({ company: '9.9', 'expense:pool_fee': '0.1', 'pool:hashdam': '-10' });
  });

  test('has it held still while it is returned, and free after the release', async () => {
    await book({ kind: 'HOLD' }, { kind: 'DISPATCH' }, { kind: 'RETURN' });
    expect(await standing(memberId)).toBe('90/10/0/0');
    await book({ kind: 'RELEASE' });
    expect(await standing(memberId)).toBe('100/0/0/0');
  });

  test('asks for 20 instead: the old hold goes and the new one comes, both or neither', async () => {
    await book({ kind: 'HOLD' });
    await book({ kind: 'RELEASE' }, { kind: 'HOLD', amount: '20', revision: 2 });
    expect(await standing(memberId)).toBe('80/20/0/0');
    const tooMuch = book({ kind: 'RELEASE', amount: '20', revision: 2 }, { kind: 'HOLD', amount: '101', revision: 3 });
    await expect(tooMuch).rejects.toMatchObject({ code: 'ledger.insufficient_funds' });
    expect(await standing(memberId)).toBe('80/20/0/0');
  });

  test('loses nothing by a late payment: it is the company’s until two people honour it', async () => {
    await book({ kind: 'HOLD' }, { kind: 'DISPATCH' }, { kind: 'RETURN' }, { kind: 'RELEASE' });
    await book({ kind: 'LATE', fee: '0.1' });
    expect(await standing(memberId)).toBe('100/0/0/0');
    expect(await company()).toEqual({ company: '10', 'expense:pool_fee': '0.1', 'pool:hashdam': '-10.1' });
    await book({ kind: 'ADOPT' });
    expect(await standing(memberId)).toBe('90/0/0/10');
    await book({ kind: 'UNLATE', adopted: true });
    expect(await standing(memberId)).toBe('100/0/0/0');
    expect(await company()).toEqual({});
  });

  test('is held for 20 when 10 of it come late: all is released, then 10 are honoured', async () => {
    await book({ kind: 'HOLD' }, { kind: 'DISPATCH' }, { kind: 'RETURN' });
    await book({ kind: 'RELEASE' }, { kind: 'HOLD', amount: '20', revision: 2 });
    await book({ kind: 'LATE' });
    await book({ kind: 'RELEASE', amount: '20', revision: 2 }, { kind: 'ADOPT' });
    expect(await standing(memberId)).toBe('90/0/0/10');
  });

  test('has it back when the pool takes the payment back, with its fee', async () => {
    await book({ kind: 'HOLD' }, { kind: 'DISPATCH' }, { kind: 'SETTLE', fee: '0.1', feeMode: 'inside' });
    await book({ kind: 'UNSETTLE' });
    expect(await standing(memberId)).toBe('100/0/0/0');
    expect(await company()).toEqual({});
  });

  test('keeps what was passed on when the pool takes the payment back; what does not come back the pool owes', async () => {
    await book({ kind: 'HOLD' }, { kind: 'DISPATCH' }, { kind: 'SETTLE', fee: '0.1' });
    await book({ kind: 'HANDOVER', reference: newId() });
    await book({ kind: 'UNSETTLE', handedOver: true, owedByPool: true, back: '10' });
    expect(await standing(memberId)).toBe('90/0/0/0');
    expect(await company()).toEqual({
      company: '-10',
      'receivable:pool': '10',
      'expense:pool_fee': '0.1',
      'pool:hashdam': '-10.1',
    });
  });

  test('owes what a reversed settlement had given and was spent, and repays it by the next one', async () => {
    const debt = `receivable:user:${memberId}`;
    await book({ kind: 'HOLD', amount: '95' });
    expect(await books.reverse(creditId, '10')).toMatchObject({ available: '0', receivable: '5' });
    expect(await standing(memberId)).toBe('0/95/0/0');
    expect(await books.holdings(debt)).toEqual({ [debt]: '5' });
    expect(await books.credit(memberId, '3')).toMatchObject({ available: '0' });
    expect(await books.holdings(debt)).toEqual({ [debt]: '2' });
    expect(await books.credit(memberId, '8')).toMatchObject({ available: '6' });
    expect(await books.holdings(debt)).toEqual({});
  });

  test('scenario 27: is not credited twice for one settlement', async () => {
    const reference = newId();
    await books.credit(memberId, '1', { reference });
    await expect(books.credit(memberId, '1', { reference })).rejects.toMatchObject({ code: 'ledger.reference_used' });
  });

  test('repays a debt once, however many credits are booked in one commit', async () => {
    await book({ kind: 'HOLD', amount: '100' });
    await books.reverse(creditId, '10');
    await books.sessions.inTransaction(async ({ ledger }) => {
      for (let turn = 0; turn < 3; turn += 1) {
        await ledger.credit({ memberId, asset: 'LTC', amount: '6', reference: newId() }, OPERATOR);
      }
    });
    expect(await standing(memberId)).toBe('8/100/0/0');
  });
});

describe('a wallet with 50 BNB that sends 10', () => {
  let walletId: string;
  let memberId: string;
  let of: { withdrawalId: string; attemptId: string; walletId: string; amount: string };
  const book = (...movements: (Pick<Movement, 'kind'> & Partial<Movement>)[]) =>
    books.post(memberId, ...movements.map((each) => ({ ...of, ...each })));
  const wallet = () =>
    books.sessions
      .withoutTransaction(({ statements }) => statements.walletBalances({ walletId }))
      .then(([row]) => row && `${row.available}/${row.held}/${row.inFlight} gas ${row.gas} chain ${row.chain}`);
  beforeEach(async () => {
    walletId = newId();
    memberId = aMember();
    of = { withdrawalId: newId(), attemptId: newId(), walletId, amount: '10' };
    await book({ kind: 'OBSERVE', amount: '50' });
  });

  test('follows the chain: what was observed is there, what was proven sent has left', async () => {
    expect(await wallet()).toBe('50/0/0 gas 0 chain 50');
    await book({ kind: 'HOLD' });
    await book({ kind: 'DISPATCH' });
    expect(await wallet()).toBe('40/10/10 gas 0 chain 50');
    await book({ kind: 'SETTLE' }, { kind: 'GAS', amount: '0.5' });
    expect(await wallet()).toBe('39.5/0/0 gas 0 chain 39.5');
    expect(await books.balances(memberId)).toEqual([]);
  });

  test('pays gas from the company’s gas first, then from its own, and the company bears the rest', async () => {
    await book({ kind: 'OBSERVE', amount: '0.2', toGas: true });
    await book(
      { kind: 'HOLD', amount: '49.9' },
      { kind: 'DISPATCH', amount: '49.9' },
      { kind: 'SETTLE', amount: '49.9' },
    );
    const before = await books.holdings('expense:gas');
    await book({ kind: 'GAS', amount: '0.35' });
    expect(await wallet()).toBe('0/0/0 gas 0 chain -0.05');
    const after = await books.holdings('expense:gas');
    const spent = Amount.fromDecimal(BNB, after['expense:gas'] ?? '0').minus(
      Amount.fromDecimal(BNB, before['expense:gas'] ?? '0'),
    );
    expect(spent.toString()).toBe('0.05');
  });

  test('scenario 41: sweeps to the company, which owes the member what was swept', async () => {
    await book({ kind: 'HOLD' }, { kind: 'DISPATCH' }, { kind: 'SETTLE', toCompany: true });
    expect(await wallet()).toBe('40/0/0 gas 0 chain 40');
    expect(await standing(memberId, BNB)).toBe('0/0/0/10');
    const { walletId: _outside, ...swept } = of;
    await books.post(memberId, { kind: 'HANDOVER', ...swept, asset: BNB });
    expect(await standing(memberId, BNB)).toBe('0/0/0/0');
  });

  test('that reads 40 for a while and 50 again had a shortage, and no deposit is invented', async () => {
    const incidentId = await books.incident();
    await book({ kind: 'SHORT', incidentId });
    expect(await wallet()).toBe('50/0/0 gas 0 chain 40');
    const alarms = await alarmsOf(app);
    const short = alarms.find(({ rule }) => rule === 'wallet_owes_beyond_chain');
    expect(short?.rows).toContainEqual({ walletId, asset: BNB, amount: '10', claimed: '50' });
    await book({ kind: 'UNSHORT', incidentId });
    expect(await wallet()).toBe('50/0/0 gas 0 chain 50');
  });

  test('has its late transfer honoured, or taken back when it fell out of the chain', async () => {
    await book({ kind: 'HOLD' }, { kind: 'DISPATCH' }, { kind: 'RETURN' }, { kind: 'RELEASE' });
    await book({ kind: 'LATE' });
    expect(await wallet()).toBe('50/0/0 gas 0 chain 40');
    await book({ kind: 'ADOPT' });
    expect(await wallet()).toBe('40/0/0 gas 0 chain 40');
    await book({ kind: 'UNLATE', adopted: true });
    expect(await wallet()).toBe('50/0/0 gas 0 chain 50');
  });

  test('gets a transfer back that fell out of the chain', async () => {
    await book({ kind: 'HOLD' }, { kind: 'DISPATCH' }, { kind: 'SETTLE' });
    await book({ kind: 'UNSETTLE' });
    expect(await wallet()).toBe('50/0/0 gas 0 chain 50');
  });

  test('never goes below zero, and says so by name', async () => {
    await expect(book({ kind: 'HOLD', amount: '50.1' })).rejects.toMatchObject({
      code: 'ledger.insufficient_funds',
      detail: { asset: BNB, bucket: 'wallet:available', balance: '50' },
    });
  });
});

test('nothing is moved by a movement of nothing, or of less than nothing', async () => {
  const memberId = aMember();
  await books.credit(memberId, '1');
  await expect(books.post(memberId, { kind: 'HOLD', amount: '0' })).rejects.toThrow(TypeError);
  const backwards = books.sessions.inTransaction(({ ledger }) =>
    ledger.post([
      {
        kind: 'HOLD',
        memberId,
        withdrawalId: newId(),
        revision: 1,
        amount: Amount.parse('LTC', '1').negated(),
        by: OPERATOR,
      },
    ]),
  );
  await expect(backwards).rejects.toThrow(/moves nothing/);
});
