import { afterAll, expect, test } from 'vitest';
import type { IdempotentCall } from '#server/kernel/idempotency.ts';
import { newId } from '#server/kernel/ids.ts';
import { testDatabase } from '#server/testing/database.ts';
import { FakeClock } from '#server/testing/fake-clock.ts';
import { closeOrm, openOrm } from './orm.ts';
import { SessionManager } from './session-manager.ts';
import { sql } from './sql.ts';
import { SqlIdempotency } from './sql-idempotency.ts';

const url = await testDatabase();
const orm = await openOrm(url);
afterAll(() => closeOrm(url));
const clock = new FakeClock();
const sessions = new SessionManager(orm, (em) => ({ em, idempotency: new SqlIdempotency({ em, clock }) }));

const aCall = (changes: Partial<IdempotentCall> = {}): IdempotentCall => ({
  procedure: 'tests.work',
  key: newId(),
  body: { amount: '1.5', memberId: 'm1' },
  ...changes,
});

/** Work that leaves a row behind and answers something else each time. */
const work = (call: IdempotentCall) =>
  sessions.inTransaction(({ em, idempotency }) =>
    idempotency.once(call, async () => {
      const id = newId();
      await sql(em, `insert into operator_verifications values (?, ?, '', now(), now(), now())`, [id, call.key]);
      return { id, amount: '1.500', list: [{ z: 1, a: null }] };
    }),
  );

const rowsOf = async ({ key }: IdempotentCall) =>
  (await sql(orm.em.fork(), 'select 1 from operator_verifications where identifier = ?', [key])).length;
const conflict = expect.objectContaining({ name: 'DomainError', code: 'idempotency.conflict' });

test('ten calls one after the other give the first reply, and the work is done once', async () => {
  const call = aCall();
  const first = await work(call);
  for (let again = 0; again < 9; again += 1) expect(await work(call)).toEqual(first);
  expect(await rowsOf(call)).toBe(1);
});

test('ten calls at once give one reply, and the work is done once', async () => {
  const call = aCall();
  const replies = await Promise.all(Array.from({ length: 10 }, () => work(call)));
  expect(new Set(replies.map(({ id }) => id)).size).toBe(1);
  expect(await rowsOf(call)).toBe(1);
});

test('a key counts for ever', async () => {
  const call = aCall();
  const first = await work(call);
  clock.pass(400 * 86_400_000);
  expect(await work(call)).toEqual(first);
});

test('the order in which a body is written does not matter', async () => {
  const call = aCall();
  const first = await work(call);
  expect(await work({ ...call, body: { memberId: 'm1', amount: '1.5' } })).toEqual(first);
});

test.each([
  ['another amount', { amount: '1.6', memberId: 'm1' }],
  ['a field less', { amount: '1.5' }],
  ['a field more', { amount: '1.5', memberId: 'm1', reference: 'r' }],
])('the same key with %s is a conflict', async (_what, body) => {
  const call = aCall();
  await work(call);
  await expect(work({ ...call, body })).rejects.toThrow(conflict);
  expect(await rowsOf(call)).toBe(1);
});

test('of two bodies at once under one key, one is done and the other is a conflict', async () => {
  const call = aCall();
  const outcomes = await Promise.allSettled([work(call), work({ ...call, body: { amount: '2' } })]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'idempotency.conflict' },
  });
  expect(await rowsOf(call)).toBe(1);
});

test('a refused call is not remembered: the key may be used again, with another body too', async () => {
  const call = aCall();
  const refused = sessions.inTransaction(({ idempotency }) =>
    idempotency.once(call, () => Promise.reject(new Error('refused'))),
  );
  await expect(refused).rejects.toThrow('refused');
  const corrected = { ...call, body: { amount: '2' } };
  expect(await work(corrected)).toMatchObject({ amount: '1.500' });
  expect(await rowsOf(call)).toBe(1);
});

test('a call that waits for a refused one runs itself', async () => {
  const call = aCall();
  let refuse: (error: Error) => void = () => undefined;
  const begun = Promise.withResolvers<void>();
  const first = sessions.inTransaction(({ idempotency }) =>
    idempotency.once(call, () => {
      begun.resolve();
      return new Promise((_resolve, reject) => {
        refuse = reject;
      });
    }),
  );
  await begun.promise;
  const second = work(call);
  refuse(new Error('refused'));
  await expect(first).rejects.toThrow('refused');
  expect(await second).toMatchObject({ amount: '1.500' });
  expect(await rowsOf(call)).toBe(1);
});

test('two procedures do not share their keys', async () => {
  const call = aCall();
  const first = await work(call);
  const other = await work({ ...call, procedure: 'tests.other', body: { anything: 'else' } });
  expect(other.id).not.toBe(first.id);
});
