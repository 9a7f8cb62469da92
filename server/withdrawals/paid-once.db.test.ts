import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { PAID_ONCE_SQL, paidOnce } from './paid-once.ts';
import { ATTEMPT_STATUSES } from './statuses.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
afterAll(() => app.close());

/** Every state that an attempt can be in, and those that the tables refuse. */
function everyState() {
  const at = new Date('2026-03-01T12:00:00.000Z');
  const marks = [null, at].flatMap((lateAt) => [null, at].map((takenBackAt) => ({ lateAt, takenBackAt })));
  return ATTEMPT_STATUSES.flatMap((status) => marks.map((mark) => ({ status, ...mark })));
}

/** None, one, and each with each: neither rule asks for more than one attempt. */
function everyWithdrawal() {
  const states = everyState();
  return [[], ...states.map((one) => [one]), ...states.flatMap((one) => states.map((other) => [one, other]))];
}

test('the database says of a withdrawal that ended unpaid what the console says', async () => {
  const withdrawals = everyWithdrawal();
  const ours = withdrawals.map((attempts) => paidOnce({ status: 'failed' }, attempts));
  const theirs = await app.sql<{ word: string | null }>(
    `select (select ${PAID_ONCE_SQL} from jsonb_populate_recordset(null::payout_attempts, attempts)) as word
     from jsonb_array_elements(?::jsonb) with ordinality each (attempts, no) order by no`,
    [
      JSON.stringify(
        withdrawals.map((attempts) =>
          attempts.map(({ status, lateAt, takenBackAt }) => ({ status, late_at: lateAt, taken_back_at: takenBackAt })),
        ),
      ),
    ],
  );
  expect(theirs.map(({ word }) => word)).toEqual(ours);
  expect(new Set(ours)).toEqual(new Set([null, 'late', 'taken_back']));
});
