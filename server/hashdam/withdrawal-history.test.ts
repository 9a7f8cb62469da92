import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '#server/kernel/secret.ts';
import { httpReply, type RawServer, startRawServer } from '#server/simulators/index.ts';
import { HashDamClient } from './hashdam-client.ts';
import { HashDamMiningPool } from './hashdam-mining-pool.ts';

const query = { asset: 'LTC', fromDay: '2025-08-14', toDay: '2025-08-16' };
const row = {
  withdrawId: 'W1',
  coin: 'LTC',
  amount: '1',
  fee: '0',
  address: null,
  type: 'interUser',
  status: 'completed',
  createAt: 1755250200000,
};

let server: RawServer;
let pages: unknown[] = [];
beforeAll(async () => {
  server = await startRawServer({ onData: (socket) => socket.end(httpReply(200, JSON.stringify(pages.shift()))) });
});
beforeEach(() => {
  pages = [];
});
afterAll(() => server.close());

function read(reference?: string) {
  const options = { endpoint: server.url, apiKey: new Secret('k'), deadlineMs: 400, guard: () => undefined };
  return new HashDamMiningPool({ client: new HashDamClient(options) }).readWithdrawals({
    ...query,
    ...(reference && { reference }),
  });
}

const page = (rows: number, pagination: object | undefined) => ({ code: 0, data: Array(rows).fill(row), pagination });

test.each([
  ['without a total', [page(1, { currentPage: 1 })], 'history_without_total'],
  ['without pagination', [page(1, undefined)], 'history_without_total'],
  ['with fewer rows than its total', [page(1, { total: 2 }), page(0, { total: 2 })], 'history_total_differs'],
  ['with more rows than its total', [page(3, { total: 2 })], 'history_total_differs'],
  ['that says there is more when all is read', [page(1, { total: 1, hasNext: true })], 'history_total_differs'],
  ['that grows while it is read', [page(1, { total: 2 }), page(1, { total: 3 })], 'history_moved'],
  [
    'that gives the same page again',
    [page(1, { total: 2, currentPage: 1 }), page(1, { total: 2, currentPage: 1 })],
    'history_other_page',
  ],
])('a history %s proves nothing', async (_what, given, reason) => {
  pages = given;
  await expect(read()).rejects.toMatchObject({ code: 'provider.unreachable', detail: { reason } });
});

test('an empty history is complete', async () => {
  pages = [page(0, { total: 0 })];
  expect(await read()).toEqual([]);
});

test('a history is asked for oldest first, a thousand rows at a time', async () => {
  pages = [page(1, { total: '2', hasNext: true }), page(1, { total: '2' })];
  expect(await read()).toHaveLength(2);
  expect(server.received()).toContain(
    '{"method":"assetWithdrawHistory","coin":"LTC","startDate":"2025-08-14","endDate":"2025-08-16","page":2,"limit":1000,"sort":false}',
  );
});

describe('the history of one withdrawal, where the pool does not say how long the list is', () => {
  const bare = (status: string, rows = 1) => ({ code: 0, data: Array(rows).fill({ ...row, status }) });

  test.each([
    ['completed', 'completed'],
    ['pending', 'moving'],
  ])('shows that it is %s', async (word, status) => {
    pages = [bare(word)];
    expect(await read('W1')).toMatchObject([{ reference: 'W1', status }]);
  });

  test('shows nothing yet', async () => {
    pages = [bare('completed', 0)];
    expect(await read('W1')).toEqual([]);
  });

  test.each([
    ['that it failed', bare('failed')],
    ['that it was taken back', bare('canceled')],
    ['anything on a page that is full', bare('completed', 1000)],
    ['anything where a page says only which one it is', page(1, { currentPage: 1 })],
  ])('does not show %s', async (_what, given) => {
    pages = [given];
    const reason = 'history_without_total';
    await expect(read('W1')).rejects.toMatchObject({ code: 'provider.unreachable', detail: { reason } });
  });
});
