import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { Bookings, type Movement } from '#server/testing/bookings.ts';
import { expectLedgerBalanced } from '#server/testing/books.ts';
import { aMember } from '#server/testing/members.ts';
import {
  companyAccount,
  leg,
  memberAccount,
  moved,
  movement,
  RawBooks,
  type Statement,
  walletAccount,
} from '#server/testing/raw-books.ts';

let app: TestApplication;
let books: Bookings;
let raw: RawBooks;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  books = new Bookings(app);
  raw = await RawBooks.open(app);
});
afterAll(async () => {
  await expectLedgerBalanced(app);
  await raw.close();
  await app.close();
});

const account = (
  code: string,
  asset: string,
  columns: { bucket: string; member?: string; wallet?: string },
): Statement => [
  'insert into ledger_accounts (code, asset, bucket, member_id, wallet_id) values ($1, $2, $3, $4, $5)',
  [code, asset, columns.bucket, columns.member ?? null, columns.wallet ?? null],
];
const W = newId();

describe('an account of one family in an asset of the other', () => {
  test.each(['available', 'held', 'in_flight'])('is refused: a member’s %s of a token', async (bucket) => {
    await expect(raw.committed(memberAccount(aMember(), bucket, 'BSC:BNB'))).rejects.toThrow(/not of the family/);
  });

  test.each(['available', 'held', 'in_flight'])('is refused: a wallet’s %s of a pool coin', async (bucket) => {
    await expect(raw.committed(walletAccount(newId(), bucket, 'LTC'))).rejects.toThrow(/not of the family/);
  });

  test.each(['pool:hashdam', 'undistributed', 'expense:pool_fee', 'suspense:hashdam'])(
    'is refused: %s of BNB',
    async (code) => {
      await expect(raw.committed(companyAccount(code, 'BSC:BNB'))).rejects.toThrow(/not of the family/);
    },
  );

  test.each(['chain:fee', 'expense:gas', 'suspense:mblock'])('is refused: %s of a pool coin', async (code) => {
    await expect(raw.committed(companyAccount(code))).rejects.toThrow(/not of the family/);
  });

  test.each(['chain', 'gas'])('is refused: %s of a wallet in a pool coin', async (bucket) => {
    const refused = raw.committed(account(`${bucket}:${W}`, 'LTC', { bucket, wallet: W }));
    await expect(refused).rejects.toThrow(/not of the family/);
  });

  test('is allowed where a wallet pays the company, which then owes the member', async () => {
    const member = aMember();
    await raw.committed(
      memberAccount(member, 'payable', 'BSC:BNB'),
      companyAccount('company', 'BSC:BNB'),
      companyAccount('loss', 'BSC:BNB'),
      companyAccount('receivable:pool', 'BSC:BNB'),
      account(`receivable:user:${member}`, 'BSC:BNB', { bucket: 'receivable', member }),
    );
  });
});

describe('an account whose code does not say what it is', () => {
  test.each<[string, Statement]>([
    ['a bucket nobody knows', companyAccount('treasure')],
    ['a member’s account of somebody else', account('user:a:held', 'LTC', { bucket: 'held', member: 'b' })],
    ['a member’s account of nobody', account('user:a:held', 'LTC', { bucket: 'held' })],
    ['another bucket than it says', account('user:a:held', 'LTC', { bucket: 'available', member: 'a' })],
    [
      'a wallet’s account of another',
      account(`wallet:${W}:held`, 'BSC:BNB', { bucket: 'wallet:held', wallet: newId() }),
    ],
    ['a guarded code in an unguarded bucket', account('user:a:held', 'LTC', { bucket: 'company' })],
    [
      'a member who is called like the pool’s debt',
      account('receivable:pool', 'LTC', { bucket: 'receivable', member: 'pool' }),
    ],
  ])('is refused: %s', async (_what, statement) => {
    await expect(raw.committed(statement)).rejects.toThrow(/ledger_accounts_code/);
  });
});

/** An attempt of which these kinds have been booked, whatever they moved. */
async function anAttempt(
  ...kinds: string[]
): Promise<{ attempt_id: string; withdrawal_id: string; member_id: string }> {
  const of = { attempt_id: newId(), withdrawal_id: newId(), member_id: aMember() };
  await raw.committed(...kinds.flatMap((kind) => moved({ ...of, kind })));
  return of;
}

describe('a movement that needs another one first', () => {
  test.each([
    ['RETURN', []],
    ['SETTLE', []],
    ['LATE', ['DISPATCH', 'SETTLE']],
    ['ADOPT', ['DISPATCH', 'SETTLE']],
    ['UNSETTLE', ['DISPATCH', 'RETURN']],
    ['UNLATE', ['DISPATCH', 'RETURN']],
    ['RELEASE', []],
    ['HANDOVER', ['DISPATCH', 'SETTLE']],
  ])('is refused: %s after %j', async (kind, before) => {
    const of = await anAttempt(...before);
    await expect(raw.committed(...moved({ ...of, kind }))).rejects.toThrow(/needs what comes before/);
  });

  test.each([
    ['RETURN', ['DISPATCH']],
    ['SETTLE', ['DISPATCH']],
    ['LATE', ['DISPATCH', 'RETURN']],
    ['ADOPT', ['DISPATCH', 'RETURN']],
    ['UNSETTLE', ['DISPATCH', 'SETTLE']],
    ['UNLATE', ['DISPATCH', 'RETURN', 'LATE']],
    ['RELEASE', ['HOLD']],
  ])('is booked: %s after %j', async (kind, before) => {
    const of = await anAttempt(...before);
    await raw.committed(...moved({ ...of, kind }));
  });

  test('finds it in the same commit, in whatever order', async () => {
    const of = { attempt_id: newId(), withdrawal_id: newId() };
    await raw.committed(...moved({ ...of, kind: 'SETTLE' }), ...moved({ ...of, kind: 'DISPATCH' }));
  });

  test('does not find another withdrawal’s, another coin’s or another revision’s', async () => {
    const of = await anAttempt('DISPATCH', 'HOLD');
    const refused = [
      moved({ ...of, kind: 'SETTLE', withdrawal_id: newId() }),
      moved({ ...of, kind: 'RELEASE', revision: 2 }),
    ];
    for (const statements of refused) {
      await expect(raw.committed(...statements)).rejects.toThrow(/needs what comes before/);
    }
  });
});

describe('what happens once', () => {
  test.each([
    ['DISPATCH', []],
    ['RETURN', ['DISPATCH']],
    ['SETTLE', ['DISPATCH']],
    ['LATE', ['DISPATCH', 'RETURN']],
    ['ADOPT', ['DISPATCH', 'RETURN']],
    ['UNSETTLE', ['DISPATCH', 'SETTLE']],
    ['UNLATE', ['DISPATCH', 'RETURN', 'LATE']],
    ['GAS_TOPUP', []],
  ])('a second %s of an attempt is refused', async (kind, before) => {
    const of = await anAttempt(...before, kind);
    await expect(raw.committed(...moved({ ...of, kind }))).rejects.toThrow(/ledger_transactions_(attempt|closes_once)/);
  });

  test.each(['HOLD', 'RELEASE'])('a second %s of a revision is refused', async (kind) => {
    const of = await anAttempt('HOLD', ...(kind === 'HOLD' ? [] : [kind]));
    await expect(raw.committed(...moved({ ...of, kind }))).rejects.toThrow(/ledger_transactions_hold/);
  });

  test('a withdrawal is handed over once, and a reference hands over once', async () => {
    const [first, second] = [await paidOut(), await paidOut()];
    await raw.committed(...handover(first, { reference: 'bank-1' }));
    await expect(raw.committed(...handover(first, { reference: 'bank-2' }))).rejects.toThrow(
      /unique constraint "ledger_transactions_handover"/,
    );
    await expect(raw.committed(...handover(second, { reference: 'bank-1' }))).rejects.toThrow(
      /ledger_transactions_handover_reference/,
    );
  });
});

describe('a handover', () => {
  test.each(['0.999999999999999999', '1.000000000000000001'])('of %s where 1 is owed is refused', async (amount) => {
    const paid = await paidOut();
    await books.post(paid.member_id, ...more(newId()));
    await expect(raw.committed(...handover(paid, { amount }))).rejects.toThrow(/needs what comes before it, and all/);
  });

  test('of what was taken back is refused', async () => {
    const paid = await paidOut();
    await books.post(paid.member_id, ...more(newId()));
    const of = { withdrawalId: paid.withdrawal_id, attemptId: paid.attempt_id };
    await books.post(paid.member_id, { kind: 'UNSETTLE', ...of, amount: '1' });
    await expect(raw.committed(...handover(paid, {}))).rejects.toThrow(/needs what comes before it, and all/);
  });
});

type Paid = { attempt_id: string; withdrawal_id: string; member_id: string };

function handover(paid: Paid, { reference = newId(), amount = '1' }): Statement[] {
  const id = newId();
  return [
    movement(id, { kind: 'HANDOVER', withdrawal_id: paid.withdrawal_id, member_id: paid.member_id, reference }),
    leg(id, `user:${paid.member_id}:payable`, amount),
    leg(id, 'company', `-${amount}`),
  ];
}

/** Another payment of the member, so that there is enough to hand over. */
const more = (withdrawalId: string): Movement[] =>
  (['HOLD', 'DISPATCH', 'SETTLE'] as const).map((kind) => ({
    kind,
    withdrawalId,
    attemptId: withdrawalId,
    amount: '1',
  }));

/** A withdrawal whose coins are in the company account. */
async function paidOut(): Promise<Paid> {
  const memberId = aMember();
  const of = { attemptId: newId(), withdrawalId: newId(), amount: '1' };
  await books.credit(memberId, '2');
  await books.post(memberId, { kind: 'HOLD', ...of }, { kind: 'DISPATCH', ...of }, { kind: 'SETTLE', ...of });
  return { attempt_id: of.attemptId, withdrawal_id: of.withdrawalId, member_id: memberId };
}

test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
  ['a kind nobody knows', { kind: 'GIFT' }, /kind_check/],
  ['a late payment of no attempt', { kind: 'LATE', withdrawal_id: newId() }, /of_attempt/],
  ['a payment taken back of no withdrawal', { kind: 'UNSETTLE', attempt_id: newId() }, /of_attempt/],
  ['gas of no attempt', { kind: 'GAS', wallet_id: W }, /gas_of_attempt/],
  ['a deposit of no wallet', { kind: 'OBSERVE' }, /of_wallet/],
  ['a shortage of no incident', { kind: 'SHORT', wallet_id: W }, /of_incident/],
  ['a credit of nobody', { kind: 'CREDIT' }, /of_member/],
  ['a handover of nobody', { kind: 'HANDOVER', withdrawal_id: newId() }, /of_member/],
  [
    'a handover without a reference',
    { kind: 'HANDOVER', member_id: 'm', withdrawal_id: newId(), reference: null },
    /of_member/,
  ],
  ['a handover of no withdrawal', { kind: 'HANDOVER', member_id: 'm' }, /_handover/],
  ['a reversal of nothing', { kind: 'REVERSE', member_id: 'm' }, /_reverses/],
  ['a credit that reverses something', { kind: 'CREDIT', member_id: 'm', reverses_id: newId() }, /_reverses/],
  ['somebody who agrees with themselves', { actor_id: 'kim', validator_id: 'kim' }, /check/],
])('raw SQL cannot write %s', async (_what, columns, why) => {
  await expect(raw.committed(...moved(columns))).rejects.toThrow(why);
});

test('nobody touches accounts of somebody else, or of nobody', async () => {
  const [member, other, wallet] = [aMember(), aMember(), newId()];
  await books.credit(other, '5');
  const take = (columns: Readonly<Record<string, unknown>>) => {
    const id = newId();
    const legs = [leg(id, `user:${other}:available`, '1'), leg(id, 'undistributed', '-1')];
    return raw.committed(movement(id, columns), ...legs);
  };
  await expect(take({ member_id: member })).rejects.toThrow(/accounts of somebody else/);
  await expect(take({})).rejects.toThrow(/accounts of somebody else/);
  const id = newId();
  const ofWallet = [
    walletAccount(wallet, 'held'),
    companyAccount('company', 'BSC:BNB'),
    movement(id, { asset: 'BSC:BNB', wallet_id: newId() }),
    leg(id, `wallet:${wallet}:held`, '-1 BSC:BNB'),
    leg(id, 'company', '1 BSC:BNB'),
  ];
  await expect(raw.committed(...ofWallet)).rejects.toThrow(/accounts of somebody else/);
});
