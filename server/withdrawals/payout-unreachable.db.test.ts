import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { approved, bookings, nextTryMs, purse, shown } from '#server/testing/withdrawals.ts';

/** An address of this machine where nobody answers. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return `http://127.0.0.1:${address.port}/v1`;
}

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ environment: { HASHDAM_API_BASE_URL: await deadAddress() }, collected: false });
  // As if the pool had been read before it went away.
  await app.sql(
    `insert into pool_projects (provider, account, read_at) values ('hashdam', 'treasury@platform.example', now())`,
  );
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

describe('scenario 18: nobody answers at the address', () => {
  test('four more tries after 0, 2, 4 and 8 s, give or take a fifth; then it has failed and the money is back', async () => {
    const request = await approved(app);
    const expected = [0, 2_000, 4_000, 8_000];
    for (const [at, delay] of expected.entries()) {
      await app.jobs.hurry('payout.dispatch');
      const { status, attempts } = await shown(app, request);
      expect([status, attempts.length, attempts[at]?.status]).toEqual(['retrying', at + 1, 'not_executed']);
      expect(await nextTryMs(app, request)).toBeGreaterThanOrEqual(delay * 0.8);
      expect(await nextTryMs(app, request)).toBeLessThanOrEqual(delay * 1.2);
      expect((await purse(app, request)).endsWith(`/${request.amount}/0/0`)).toBe(true);
    }
    await app.jobs.hurry('payout.dispatch');
    const failed = await shown(app, request);
    expect(failed.status).toBe('failed');
    expect(failed.attempts.map(({ status, error }) => [status, error])).toEqual(
      Array.from({ length: 5 }, () => ['not_executed', 'not_connected']),
    );
    expect(failed.timeline.filter(({ action }) => action === 'payout.failed')).toHaveLength(1);
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 5, RETURN: 5, RELEASE: 1 });
    expect(await purse(app, request)).toBe('100/0/0/0');
    expect(await app.jobs.hurry('payout.dispatch')).toBe(0);
  });
});
