import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { Bookings } from '#server/testing/bookings.ts';
import { expectLedgerBalanced } from '#server/testing/books.ts';
import { aMember } from '#server/testing/members.ts';
import { companyAccount, leg, memberAccount, moved, movement, RawBooks } from '#server/testing/raw-books.ts';

const KINDS = ['ADJUST', 'WRITEOFF'] as const;
let app: TestApplication;
let books: Bookings;
let raw: RawBooks;
let agreed: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  books = new Bookings(app);
  raw = await RawBooks.open(app);
  agreed = {
    actor_type: 'operator',
    actor_id: newId(),
    validator_id: newId(),
    reason: 'the statement of the pool says so',
    incident_id: await books.incident(),
  };
});
afterAll(async () => {
  await expectLedgerBalanced(app);
  await raw.close();
  await app.close();
});

/** `debit` and `credit` are accounts of LTC. */
function corrected(
  kind: string,
  [debit, credit]: readonly [string, string],
  columns: Readonly<Record<string, unknown>>,
) {
  const id = newId();
  return raw.committed(
    ...['loss', 'company', 'pool:hashdam', 'receivable:pool', 'suspense:hashdam'].map((code) => companyAccount(code)),
    movement(id, { kind, ...columns }),
    leg(id, debit, '0.5'),
    leg(id, credit, '-0.5'),
  );
}

describe.each(KINDS)('%s', (kind) => {
  test('is booked when two people gave a reason about an incident', async () => {
    await corrected(kind, ['loss', 'company'], agreed);
  });

  test.each([
    ['a second person', { validator_id: null }],
    ['a reason', { reason: null }],
    ['a reason that says something', { reason: '' }],
    ['an incident', { incident_id: null }],
    ['a person who began it', { actor_type: 'api_key' }],
  ])('is refused without %s', async (_what, missing) => {
    const refused = corrected(kind, ['loss', 'company'], { ...agreed, ...missing });
    await expect(refused).rejects.toThrow(/two_people|of_incident|reason_check/);
  });

  test('is refused when both are one person', async () => {
    const refused = corrected(kind, ['loss', 'company'], { ...agreed, validator_id: agreed.actor_id });
    await expect(refused).rejects.toThrow(/ledger_transactions_check|validator/);
  });

  test('is refused about an incident that does not exist', async () => {
    await expect(corrected(kind, ['loss', 'company'], { ...agreed, incident_id: newId() })).rejects.toThrow(
      /foreign key/,
    );
  });

  test.each(['held', 'in_flight', 'payable'])('never touches what is %s', async (bucket) => {
    const memberId = aMember();
    await raw.committed(memberAccount(memberId, bucket));
    const refused = corrected(kind, ['loss', `user:${memberId}:${bucket}`], { ...agreed, member_id: memberId });
    await expect(refused).rejects.toThrow(/adjusts what a withdrawal reserves/);
  });
});

describe('a write-off', () => {
  test.each(['company', 'receivable:pool', 'suspense:hashdam'])('gives up %s', async (code) => {
    await corrected('WRITEOFF', ['loss', code], agreed);
  });

  test.each([
    ['loss', 'pool:hashdam'],
    ['company', 'loss'],
    ['receivable:pool', 'company'],
  ] as const)('never debits %s and credits %s', async (debit, credit) => {
    await expect(corrected('WRITEOFF', [debit, credit], agreed)).rejects.toThrow(/writes off what is no open claim/);
  });

  test('never takes what a member has', async () => {
    const memberId = aMember();
    await books.credit(memberId, '1');
    const refused = corrected('WRITEOFF', ['loss', `user:${memberId}:available`], { ...agreed, member_id: memberId });
    await expect(refused).rejects.toThrow(/writes off what is no open claim/);
  });
});

describe('a reversal written by raw SQL', () => {
  const reversal = (credit: string, memberId: string, amount = '1') => {
    const id = newId();
    return raw.committed(
      movement(id, { kind: 'REVERSE', member_id: memberId, reverses_id: credit }),
      leg(id, `user:${memberId}:available`, amount),
      leg(id, 'undistributed', `-${amount}`),
    );
  };

  test('takes back a credit, up to all of it and no further', async () => {
    const memberId = aMember();
    const { transactionId } = await books.credit(memberId, '3');
    await books.credit(memberId, '100');
    await reversal(transactionId, memberId, '2');
    await expect(reversal(transactionId, memberId, '1.000000000000000001')).rejects.toThrow(/more than was credited/);
    await reversal(transactionId, memberId, '1');
  });

  test('of two at once that are too much together, one is refused', async () => {
    const memberId = aMember();
    const { transactionId } = await books.credit(memberId, '3');
    await books.credit(memberId, '100');
    const other = await RawBooks.open(app);
    const id = newId();
    const both = await Promise.allSettled([
      reversal(transactionId, memberId, '2'),
      other.committed(
        movement(id, { kind: 'REVERSE', member_id: memberId, reverses_id: transactionId }),
        leg(id, `user:${memberId}:available`, '2'),
        leg(id, 'undistributed', '-2'),
      ),
    ]);
    await other.close();
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('is of the same member, and of a credit', async () => {
    const [memberId, other] = [aMember(), aMember()];
    const { transactionId } = await books.credit(other, '3');
    await books.credit(memberId, '3');
    await expect(reversal(transactionId, memberId)).rejects.toThrow(/reverses no credit of its own/);
    const [hold = ''] = await books.post(memberId, { kind: 'HOLD', amount: '1' });
    await expect(reversal(hold, memberId)).rejects.toThrow(/reverses no credit of its own/);
  });
});

test('what a wallet lacked is not given back or given up twice, not even by raw SQL', async () => {
  const [wallet, incident] = [newId(), await books.incident()];
  const lacks = (kind: string, amount: string) => {
    const id = newId();
    const by = kind === 'WRITEOFF' || kind === 'ADJUST' ? agreed : {};
    const of = { ...by, asset: 'BSC:BNB', wallet_id: wallet, incident_id: incident };
    return raw.committed(
      ...['suspense:mblock', 'loss'].map((code) => companyAccount(code, 'BSC:BNB')),
      movement(id, { kind, ...of }),
      leg(id, 'suspense:mblock', `${amount} BSC:BNB`),
      leg(id, 'loss', `${amount.startsWith('-') ? amount.slice(1) : `-${amount}`} BSC:BNB`),
    );
  };
  await lacks('SHORT', '2');
  await lacks('UNSHORT', '-1.5');
  await expect(lacks('UNSHORT', '-0.6')).rejects.toThrow(/closes more than its incident has open/);
  await lacks('WRITEOFF', '-0.3');
  for (const kind of ['WRITEOFF', 'ADJUST', 'UNSHORT']) {
    await expect(lacks(kind, '-0.3'), kind).rejects.toThrow(/closes more than its incident has open/);
  }
  await lacks('UNSHORT', '-0.2');
});

test('a movement written by raw SQL that nobody had to agree to is still booked', async () => {
  await raw.committed(...moved());
});
