import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { shown, submitted } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ hashdam: { settleAfterMs: 86_400_000 } });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

test('a failure that the pool shows twice: a second reading counts from when it was begun, however long it took', async () => {
  const sent = await submitted(app);
  app.hashdam.control.settle({ reference: sent.reference, status: 'failed' });
  await app.jobs.hurry('payout.look-up');
  const { pool } = app.container.shared;
  const read = pool.readWithdrawals.bind(pool);
  const slow = vi.spyOn(pool, 'readWithdrawals').mockImplementation(async (query) => {
    const rows = await read(query);
    if (query.reference !== sent.reference) return rows;
    await app.sql(
      `update payout_attempts set failed_seen_at = clock_timestamp() - interval '30 seconds' where withdrawal_id = ?`,
      [sent.id],
    );
    return rows;
  });
  await app.jobs.hurry('payout.look-up');
  slow.mockRestore();
  expect((await shown(app, sent)).status).toBe('submitted');
  await app.jobs.hurry('payout.look-up');
  expect((await shown(app, sent)).status).toBe('failed');
});
