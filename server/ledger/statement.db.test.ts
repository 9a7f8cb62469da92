import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type Caller, type TestApplication, testApplication } from '#server/testing/application.ts';
import { Bookings } from '#server/testing/bookings.ts';
import { expectLedgerBalanced } from '#server/testing/books.ts';
import { aMember } from '#server/testing/members.ts';
import { domainCodeOf } from '#server/testing/withdrawals.ts';
import type { StatementLine } from './contract.ts';

let app: TestApplication;
let books: Bookings;
let reader: Caller;
let platform: Caller;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  books = new Bookings(app);
  ({ caller: reader } = await app.withKey('read'));
  ({ caller: platform } = await app.withKey('credit'));
});
afterAll(async () => {
  await expectLedgerBalanced(app);
  await app.close();
});

const NOTHING = { available: '0', held: '0', inFlight: '0', payable: '0', receivable: '0' };
const later = () => app.clock.pass(1_000);

/** A credit of 10 LTC and one of 5 DOGE, a withdrawal of 4 LTC that was paid and handed over, and 7 LTC taken back. */
async function aYear(): Promise<{ memberId: string; creditId: string; withdrawalId: string }> {
  const memberId = aMember();
  const of = { withdrawalId: newId(), attemptId: newId(), amount: '4' };
  const { transactionId: creditId } = await books.credit(memberId, '10', { reference: 'settlement-1' });
  later();
  await books.credit(memberId, '5', { asset: 'DOGE' });
  for (const kind of ['HOLD', 'DISPATCH', 'SETTLE'] as const) {
    later();
    await books.post(memberId, { kind, ...of });
  }
  later();
  await books.post(memberId, { kind: 'HANDOVER', ...of, reference: `bank-${memberId}` });
  later();
  await books.reverse(creditId, '7', { reference: 'mistake-1' });
  return { memberId, creditId, withdrawalId: of.withdrawalId };
}

describe('a member’s statement', () => {
  test('shows every movement, newest first, with what was there after it', async () => {
    const { memberId, withdrawalId } = await aYear();
    const { rows, nextCursor } = await reader.ledger.statement({ memberId });
    expect(nextCursor).toBeNull();
    const told = rows.map(({ kind, asset, change, after }) => [kind, asset, pick(change), pick(after)]);
    expect(told).toEqual([
      ['REVERSE', 'LTC', { available: '-6', receivable: '1' }, { receivable: '1' }],
      ['HANDOVER', 'LTC', { payable: '-4' }, { available: '6' }],
      ['SETTLE', 'LTC', { held: '-4', inFlight: '-4', payable: '4' }, { available: '6', payable: '4' }],
      ['DISPATCH', 'LTC', { inFlight: '4' }, { available: '6', held: '4', inFlight: '4' }],
      ['HOLD', 'LTC', { available: '-4', held: '4' }, { available: '6', held: '4' }],
      ['CREDIT', 'DOGE', { available: '5' }, { available: '5' }],
      ['CREDIT', 'LTC', { available: '10' }, { available: '10' }],
    ]);
    expect(rows.map(({ reference }) => reference)).toEqual(expect.arrayContaining(['mistake-1', 'settlement-1']));
    expect(rows.find(({ kind }) => kind === 'SETTLE')).toMatchObject({ withdrawalId });
  });

  test('of one coin has nothing of another', async () => {
    const { memberId } = await aYear();
    const { rows } = await reader.ledger.statement({ memberId, asset: 'DOGE' });
    expect(rows).toMatchObject([{ kind: 'CREDIT', asset: 'DOGE', change: { ...NOTHING, available: '5' } }]);
  });

  test.each([1, 2, 3, 6])('reads the same in pages of %s, also when something new comes in between', async (limit) => {
    const { memberId } = await aYear();
    const { rows: whole } = await reader.ledger.statement({ memberId });
    const paged: StatementLine[] = [];
    let cursor: string | null = null;
    do {
      const page: { rows: StatementLine[]; nextCursor: string | null } = await reader.ledger.statement({
        memberId,
        limit,
        cursor,
      });
      paged.push(...page.rows);
      cursor = page.nextCursor;
      later();
      await books.credit(memberId, '0.5');
    } while (cursor);
    expect(paged).toEqual(whole);
  });

  test('of one instant is in one order, and loses nothing between pages', async () => {
    const memberId = aMember();
    for (let turn = 0; turn < 5; turn += 1) await books.credit(memberId, '1');
    const { rows: whole } = await reader.ledger.statement({ memberId });
    expect(whole.map(({ after }) => after.available)).toEqual(['5', '4', '3', '2', '1']);
    const first = await reader.ledger.statement({ memberId, limit: 2 });
    const second = await reader.ledger.statement({ memberId, limit: 3, cursor: first.nextCursor });
    expect([...first.rows, ...second.rows]).toEqual(whole);
  });

  test('shows nothing of what only the company, or a wallet of theirs, moved', async () => {
    const memberId = aMember();
    const walletId = newId();
    await books.post(memberId, { kind: 'OBSERVE', walletId, amount: '3' }, { kind: 'HOLD', walletId, amount: '1' });
    expect(await reader.ledger.statement({ memberId })).toEqual({ rows: [], nextCursor: null });
  });

  test('of somebody unknown is empty', async () => {
    expect(await reader.ledger.statement({ memberId: 'nobody' })).toEqual({ rows: [], nextCursor: null });
  });
});

const pick = (standing: Record<string, string>) =>
  Object.fromEntries(Object.entries(standing).filter(([, amount]) => amount !== '0'));

describe('balances of the past', () => {
  test('are what the statement says was there after its last line', async () => {
    const { memberId } = await aYear();
    const { rows } = await reader.ledger.statement({ memberId, asset: 'LTC' });
    for (const { at, after } of rows) {
      const balances = await reader.ledger.balances({ memberId, at });
      const { receivable: _owed, ...own } = after;
      expect(balances.find(({ asset }) => asset === 'LTC')).toEqual({ asset: 'LTC', ...own });
    }
  });

  test('before anything happened are nothing, and without a time are as they stand', async () => {
    const { memberId } = await aYear();
    const before = await reader.ledger.balances({ memberId, at: '2020-01-01T00:00:00Z' });
    expect(before.map(({ available, held, payable }) => [available, held, payable])).toEqual([
      ['0', '0', '0'],
      ['0', '0', '0'],
    ]);
    expect(await reader.ledger.balances({ memberId })).toEqual(
      await reader.ledger.balances({ memberId, at: '2999-01-01T00:00:00Z' }),
    );
  });

  test('of a wallet are read the same way', async () => {
    const walletId = newId();
    const of = { walletId, withdrawalId: newId(), attemptId: newId() };
    await books.post(
      'm',
      { kind: 'OBSERVE', ...of, amount: '3' },
      { kind: 'OBSERVE', ...of, amount: '1', toGas: true },
    );
    const then = app.clock.now().toISOString();
    later();
    await books.post('m', { kind: 'HOLD', ...of, amount: '2' }, { kind: 'DISPATCH', ...of, amount: '2' });
    await books.post('m', { kind: 'SETTLE', ...of, amount: '2' }, { kind: 'GAS', ...of, amount: '0.1' });
    expect(await reader.ledger.walletBalances({ walletId })).toEqual([
      { asset: 'BSC:BNB', available: '1', held: '0', inFlight: '0', gas: '0.9', chain: '1.9' },
    ]);
    expect(await reader.ledger.walletBalances({ walletId, at: then })).toEqual([
      { asset: 'BSC:BNB', available: '3', held: '0', inFlight: '0', gas: '1', chain: '4' },
    ]);
  });
});

describe('a movement', () => {
  test('shows its legs, debits first, and everything that names it', async () => {
    const { memberId, creditId } = await aYear();
    const { rows } = await reader.ledger.statement({ memberId, limit: 1 });
    expect(await reader.ledger.transaction({ id: rows[0]?.transactionId ?? '' })).toMatchObject({
      kind: 'REVERSE',
      memberId,
      reversesId: creditId,
      reference: 'mistake-1',
      by: { type: 'system', id: 'test' },
      legs: [
        { account: `user:${memberId}:available`, amount: '6' },
        { account: `receivable:user:${memberId}`, amount: '1' },
        { account: 'undistributed', amount: '-7' },
      ],
    });
  });

  test('that is not there has its own code', async () => {
    const refused = await reader.ledger.transaction({ id: newId() }).catch(domainCodeOf);
    expect(refused).toBe('ledger.transaction_not_found');
  });
});

describe('a reversal by the platform', () => {
  const aCredit = async (amount = '10') => {
    const memberId = aMember();
    return { memberId, ...(await books.credit(memberId, amount)) };
  };
  const reverse = (transactionId: string, amount: string, more = {}) =>
    platform.ledger.reverse({ transactionId, amount, reference: newId(), idempotencyKey: newId(), ...more });

  test('takes back a part, then the rest, and never more', async () => {
    const { transactionId } = await aCredit();
    expect(await reverse(transactionId, '4')).toMatchObject({ available: '6', receivable: '0' });
    await expect(reverse(transactionId, '6.000000000000000001').catch(domainCodeOf)).resolves.toBe(
      'ledger.reversal_too_large',
    );
    expect(await reverse(transactionId, '6')).toMatchObject({ available: '0', receivable: '0' });
    await expect(reverse(transactionId, '0.1').catch(domainCodeOf)).resolves.toBe('ledger.reversal_too_large');
  });

  test('answers the same for the same key, and is booked once', async () => {
    const { memberId, transactionId } = await aCredit();
    const again = { reference: newId(), idempotencyKey: newId() };
    const first = await reverse(transactionId, '4', again);
    expect(await reverse(transactionId, '4', again)).toEqual(first);
    expect(await books.balances(memberId)).toMatchObject([{ available: '6' }]);
  });

  test('of a reference that took back this credit already is refused', async () => {
    const { transactionId } = await aCredit();
    await reverse(transactionId, '1', { reference: 'mistake' });
    await expect(reverse(transactionId, '1', { reference: 'mistake' }).catch(domainCodeOf)).resolves.toBe(
      'ledger.reference_used',
    );
  });

  test('of anything but a credit is refused', async () => {
    const { memberId } = await aCredit();
    const [hold = ''] = await books.post(memberId, { kind: 'HOLD', amount: '1' });
    for (const id of [hold, newId()]) {
      await expect(reverse(id, '1').catch(domainCodeOf)).resolves.toBe('ledger.transaction_not_found');
    }
  });

  test('sent ten times at once takes back no more than was credited', async () => {
    const { memberId, transactionId } = await aCredit();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => reverse(transactionId, '3')));
    const codes = outcomes.flatMap((each) => (each.status === 'rejected' ? [domainCodeOf(each.reason)] : []));
    expect(codes).toEqual(Array.from({ length: 7 }, () => 'ledger.reversal_too_large'));
    expect(await books.balances(memberId)).toMatchObject([{ available: '1' }]);
  });

  test('leaves an audit row in the same commit', async () => {
    const { transactionId } = await aCredit();
    const { transactionId: id } = await reverse(transactionId, '4', { reference: 'mistake' });
    const rows = await app.sql('select action, after from audit_events where subject_id = ?', [id]);
    expect(rows).toMatchObject([{ action: 'ledger.reversed', after: { amount: '4', credit: transactionId } }]);
  });
});
