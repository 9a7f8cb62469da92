import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { Bookings } from '#server/testing/bookings.ts';
import { expectLedgerBalanced } from '#server/testing/books.ts';
import { anyPositiveDecimal } from '#server/testing/decimals.ts';
import { somebodyWaits } from '#server/testing/locks.ts';
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

const insufficient = expect.objectContaining({ name: 'DomainError', code: 'ledger.insufficient_funds' });
const ltcOf = async (memberId: string) => (await books.balances(memberId)).find(({ asset }) => asset === 'LTC');
const funds = (balances: Partial<Record<'available' | 'held' | 'inFlight' | 'payable', string>>) => ({
  asset: 'LTC',
  available: '0',
  held: '0',
  inFlight: '0',
  payable: '0',
  ...balances,
});

describe('a member’s coins', () => {
  test('go from available to held, in flight and payable, and every step shows', async () => {
    const memberId = aMember();
    const of = { withdrawalId: newId(), attemptId: newId(), amount: '2.5' };
    expect(await books.credit(memberId, '10')).toMatchObject({ available: '10', held: '0' });
    expect(await ltcOf(memberId)).toEqual(funds({ available: '10' }));
    await books.post(memberId, { kind: 'HOLD', ...of });
    expect(await ltcOf(memberId)).toEqual(funds({ available: '7.5', held: '2.5' }));
    await books.post(memberId, { kind: 'DISPATCH', ...of });
    expect(await ltcOf(memberId)).toEqual(funds({ available: '7.5', held: '2.5', inFlight: '2.5' }));
    await books.post(memberId, { kind: 'SETTLE', ...of, fee: '0.001' });
    expect(await ltcOf(memberId)).toEqual(funds({ available: '7.5', payable: '2.5' }));
  });

  test('come back the way they went when nothing was paid', async () => {
    const memberId = aMember();
    const of = { withdrawalId: newId(), attemptId: newId(), amount: '10' };
    await books.credit(memberId, '10');
    await books.post(memberId, { kind: 'HOLD', ...of });
    await books.post(memberId, { kind: 'DISPATCH', ...of });
    await books.post(memberId, { kind: 'RETURN', ...of }, { kind: 'RELEASE', ...of });
    expect(await ltcOf(memberId)).toEqual(funds({ available: '10' }));
  });

  test('are kept digit by digit, whatever is credited and held', async () => {
    await fc.assert(
      fc.asyncProperty(anyPositiveDecimal(), anyPositiveDecimal(), async (held, rest) => {
        const memberId = aMember();
        await books.credit(memberId, held);
        await books.credit(memberId, rest);
        await books.post(memberId, { kind: 'HOLD', amount: held });
        expect(await ltcOf(memberId)).toEqual(funds({ available: rest, held: held }));
      }),
      { numRuns: 15 },
    );
  });

  test('of two assets are two balances', async () => {
    const memberId = aMember();
    await books.credit(memberId, '1');
    await books.credit(memberId, '5', { asset: 'DOGE' });
    expect((await books.balances(memberId)).map(({ asset, available }) => [asset, available])).toEqual([
      ['DOGE', '5'],
      ['LTC', '1'],
    ]);
  });
});

describe('a credit', () => {
  test('of a reference that was credited is refused, with its own code', async () => {
    const memberId = aMember();
    const reference = newId();
    await books.credit(memberId, '1', { reference });
    await expect(books.credit(memberId, '1', { reference })).rejects.toMatchObject({
      code: 'ledger.reference_used',
      detail: { reference },
    });
    expect(await ltcOf(memberId)).toMatchObject({ available: '1' });
  });

  test('of one reference goes to each member and asset once', async () => {
    const [first, second] = [aMember(), aMember()];
    const reference = newId();
    await books.credit(first, '1', { reference });
    await books.credit(second, '2', { reference });
    await books.credit(first, '3', { reference, asset: 'DOGE' });
    expect((await books.balances(first)).map(({ available }) => available)).toEqual(['3', '1']);
  });

  test('sent ten times at once under one reference is booked once', async () => {
    const memberId = aMember();
    const reference = newId();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => books.credit(memberId, '1', { reference })),
    );
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    expect(refused).toHaveLength(9);
    expect(refused.filter((code) => code !== 'ledger.reference_used' && code !== 'system.busy')).toEqual([]);
    expect(await ltcOf(memberId)).toMatchObject({ available: '1' });
  });

  test.each(['NOPE', 'BSC:BNB'])('of %s is refused: not a coin of the pool', async (asset) => {
    await expect(books.credit(aMember(), '1', { asset })).rejects.toMatchObject({ code: 'asset.unknown' });
  });

  test('that no column could hold is refused as input', async () => {
    const memberId = aMember();
    await books.credit(memberId, '99999999999999999999', { asset: 'SHIC' });
    await expect(books.credit(memberId, '1', { asset: 'SHIC' })).rejects.toMatchObject({ code: 'input.invalid' });
    expect(await books.balances(memberId)).toMatchObject([{ available: '99999999999999999999' }]);
  });

  test('leaves an audit row in the same commit', async () => {
    const { transactionId } = await books.credit(aMember(), '1');
    const rows = await app.sql('select action, after from audit_events where subject_id = ?', [transactionId]);
    expect(rows).toMatchObject([{ action: 'ledger.credited', after: { amount: '1', asset: 'LTC' } }]);
  });
});

describe('what is not there', () => {
  test.each([
    ['more than is available', { kind: 'HOLD', amount: '1.000000000000000001' }],
    ['what is not held', { kind: 'RELEASE', amount: '0.1' }],
    ['what is not held', { kind: 'DISPATCH', amount: '0.1' }],
    ['what is not in flight', { kind: 'RETURN', amount: '0.1' }],
    ['what is not in flight', { kind: 'SETTLE', amount: '0.1' }],
  ] as const)('%s cannot be moved by a $kind', async (_what, movement) => {
    const memberId = aMember();
    await books.credit(memberId, '1');
    await expect(books.post(memberId, movement)).rejects.toThrow(insufficient);
    expect(await ltcOf(memberId)).toEqual(funds({ available: '1' }));
  });

  test('cannot be held by a member who was never credited', async () => {
    await expect(books.post(aMember(), { kind: 'HOLD', amount: '1' })).rejects.toThrow(insufficient);
  });

  test('cannot be held twice: of two holds at once with funds for one, exactly one is refused', async () => {
    const memberId = aMember();
    await books.credit(memberId, '1');
    const hold = () => books.post(memberId, { kind: 'HOLD', amount: '0.6' });
    const outcomes = await Promise.allSettled([hold(), hold()]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: insufficient });
    expect(await ltcOf(memberId)).toEqual(funds({ available: '0.4', held: '0.6' }));
  });

  test('is seen by a hold that began before the other one was committed: it waits, and is then refused by name', async () => {
    const memberId = aMember();
    await books.credit(memberId, '1.1');
    await books.post(memberId, { kind: 'HOLD', amount: '0.1' });
    const locked = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const first = books.postAnd(memberId, { kind: 'HOLD', amount: '0.6' }, () => {
      locked.resolve();
      return end.promise;
    });
    await locked.promise;
    const second = books.post(memberId, { kind: 'HOLD', amount: '0.6' });
    const refused = expect(second).rejects.toThrow(insufficient);
    await somebodyWaits(app, second);
    end.resolve();
    await first;
    await refused;
    expect(await ltcOf(memberId)).toEqual(funds({ available: '0.4', held: '0.7' }));
  });

  test('is counted within one commit too: a hold after a hold sees the first', async () => {
    const memberId = aMember();
    await books.credit(memberId, '1');
    const both = books.post(memberId, { kind: 'HOLD', amount: '0.6' }, { kind: 'HOLD', amount: '0.6' });
    await expect(both).rejects.toThrow(insufficient);
    expect(await ltcOf(memberId)).toEqual(funds({ available: '1' }));
  });

  test('is released before it is held again, in one commit', async () => {
    const memberId = aMember();
    const withdrawalId = newId();
    await books.credit(memberId, '1');
    await books.post(memberId, { kind: 'HOLD', amount: '0.9', withdrawalId });
    await books.post(
      memberId,
      { kind: 'RELEASE', amount: '0.9', withdrawalId },
      { kind: 'HOLD', amount: '1', withdrawalId, revision: 2 },
    );
    expect(await ltcOf(memberId)).toEqual(funds({ held: '1' }));
  });
});

test('many holds of several members at once all count', async () => {
  const members = Array.from({ length: 5 }, aMember);
  for (const memberId of members) await books.credit(memberId, '10');
  const moves = Array.from({ length: 40 }, (_each, turn) =>
    books.post(members[turn % members.length] ?? '', { kind: 'HOLD', amount: '1' }),
  );
  await Promise.all(moves);
  for (const memberId of members) expect(await ltcOf(memberId)).toEqual(funds({ available: '2', held: '8' }));
});

test('bookings of two coins in opposite orders never wait for each other in a circle', async () => {
  const memberId = aMember();
  await books.credit(memberId, '100');
  await books.credit(memberId, '100', { asset: 'DOGE' });
  const moves = Array.from({ length: 40 }, (_each, turn) => {
    const both = (['LTC', 'DOGE'] as const).map((asset) => ({ kind: 'HOLD', amount: '1', asset }) as const);
    return books.post(memberId, ...(turn % 2 ? both : both.toReversed()));
  });
  await Promise.all(moves);
  expect((await books.balances(memberId)).map(({ held }) => held)).toEqual(['40', '40']);
});

test('no movements book nothing', async () => {
  expect(await books.post(aMember())).toEqual([]);
});
