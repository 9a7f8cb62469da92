import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOTAL_MAX } from '#server/kernel/keyset.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { operatorOf, submitted } from '#server/testing/withdrawals.ts';
import type { WithdrawalFilter, WithdrawalListInput, WithdrawalRow } from './contract.ts';

type Sort = WithdrawalListInput['sort'];
let app: TestApplication;
const ROWS = 210;
const MEMBER = 'member-of-the-list';
const DAY = '2026-03-0';

beforeAll(async () => {
  app = await testApplication();
  // Three days, equal instants within a day, and microseconds that a JS Date would lose.
  await rows(
    ROWS,
    `case when n % 3 = 0 then '${MEMBER}' else 'member-' || n end`,
    `timestamptz '2026-03-01T12:00:00.123456Z' + make_interval(days => n % 3, secs => (n % 2) * 0.000001)`,
  );
});
afterAll(() => app.close());

/** So many rows of this member and this instant, both SQL over `n`. */
const rows = (count: number, member: string, requestedAt: string) =>
  app.sql(
    `insert into withdrawals (id, kind, member_id, asset, amount, destination_address, destination_type, status, policy_version,
       approvals_required, revision, digest, reference, requested_by_type, requested_by_id, requested_at, expires_at, updated_at)
     select gen_random_uuid(), 'mining', ${member}, case when n % 2 = 0 then 'LTC' else 'DOGE' end, n,
       'treasury@platform.example', 'account', (array['pending', 'completed', 'failed', 'rejected', 'manual-review'])[1 + n % 5],
       'p', 1, 1, repeat('a', 64), 'platform-' || n, 'api_key', gen_random_uuid(), ${requestedAt},
       timestamptz '2026-04-01Z', timestamptz '2026-03-05T00:00:00Z' + make_interval(secs => n % 4)
     from generate_series(1, ${count}) n`,
  );

const list = async (input: Partial<WithdrawalListInput>) => {
  const { caller } = await operatorOf(app, 'auditor');
  return caller.withdrawals.list(input);
};

/** All pages, one after the other. */
async function everyPage(input: Partial<WithdrawalListInput>): Promise<WithdrawalRow[]> {
  const all: WithdrawalRow[] = [];
  let cursor = input.cursor ?? null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list({ ...input, cursor });
    all.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor && all.length <= 2 * ROWS);
  return all;
}

const idsInOrder = async ({ by, dir }: Sort): Promise<string[]> => {
  const column = by === 'requestedAt' ? 'requested_at' : 'updated_at';
  const rows = await app.sql<{ id: string }>(`select id from withdrawals order by ${column} ${dir}, id ${dir}`);
  return rows.map(({ id }) => id);
};

describe('pages over equal instants', () => {
  const sorts: Sort[] = (['requestedAt', 'updatedAt'] as const).flatMap((by) =>
    (['asc', 'desc'] as const).map((dir) => ({ by, dir })),
  );

  test.each(sorts)('by $by $dir: no row twice, none missing, in order', async (sort) => {
    const ids = (await everyPage({ sort, limit: 17 })).map(({ id }) => id);
    expect(ids).toEqual(await idsInOrder(sort));
  });

  test('a last page that is exactly full is the last', async () => {
    const page = await list({ limit: 70 });
    expect(page.nextCursor).not.toBeNull();
    expect(await everyPage({ limit: 70 })).toHaveLength(ROWS);
  });

  test('rows that come meanwhile at the front neither repeat nor hide one', async () => {
    const first = await list({ limit: 100 });
    await rows(1, `'came-meanwhile'`, `timestamptz '2026-03-09Z'`);
    const rest = await everyPage({ limit: 100, cursor: first.nextCursor });
    const seen = [...first.rows, ...rest];
    expect(new Set(seen.map(({ id }) => id)).size).toBe(ROWS);
    expect(seen.map(({ memberId }) => memberId)).not.toContain('came-meanwhile');
    await app.sql('alter table withdrawals disable trigger withdrawals_kept');
    await app.sql(`delete from withdrawals where member_id = 'came-meanwhile'`);
  });

  test.each([
    '',
    'AAAA',
    'W10',
    btoa('["2026-03-01","x"]'),
    btoa(`["2026-03-01T00:00:00.000000Z","${'0'.repeat(36)}"]`),
  ])('a cursor that is none of ours is refused: %j', async (cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('filters', () => {
  const found = async (filter: WithdrawalFilter): Promise<string[]> =>
    (await everyPage({ filter, limit: 40 })).map(({ id }) => id).sort();
  const expected = async (condition: string): Promise<string[]> =>
    (await app.sql<{ id: string }>(`select id from withdrawals w where ${condition}`)).map(({ id }) => id).sort();

  test.each<[string, WithdrawalFilter, string]>([
    ['one status', { status: ['failed'] }, `status = 'failed'`],
    ['several', { status: ['failed', 'manual-review', 'approved'] }, `status in ('failed', 'manual-review')`],
    ['the same status twice', { status: ['failed', 'failed', 'pending'] }, `status in ('failed', 'pending')`],
    ['a member', { memberId: MEMBER }, `member_id = '${MEMBER}'`],
    ['a coin', { asset: 'DOGE' }, `asset = 'DOGE'`],
    ['a kind', { kind: 'wallet_transfer' }, 'false'],
    ['from, included', { from: `${DAY}2T12:00:00.123456Z` }, `requested_at >= '${DAY}2T12:00:00.123456Z'`],
    ['to, not included', { to: `${DAY}2T12:00:00.123457Z` }, `requested_at < '${DAY}2T12:00:00.123457Z'`],
    [
      'all at once',
      {
        status: ['completed', 'rejected'],
        memberId: MEMBER,
        asset: 'LTC',
        from: `${DAY}1T00:00:00Z`,
        to: `${DAY}9T00:00:00Z`,
      },
      `status in ('completed', 'rejected') and member_id = '${MEMBER}' and asset = 'LTC'`,
    ],
    ['a member by q', { q: MEMBER }, `member_id = '${MEMBER}'`],
    ['a platform reference by q', { q: ' platform-77 ' }, `reference = 'platform-77'`],
    ['half a reference by q', { q: 'platform-7%' }, 'false'],
  ])('%s', async (_what, filter, condition) => {
    expect(await found(filter)).toEqual(await expected(condition));
    const { total } = await list({ filter });
    expect(total).toEqual({ count: (await expected(condition)).length, exact: true });
  });

  test('an id and a provider reference by q', async () => {
    const sent = await submitted(app);
    for (const q of [sent.id, sent.id.toUpperCase(), sent.reference]) expect(await found({ q })).toEqual([sent.id]);
  });
});

test('a line shows who asked, who approved and what for', async () => {
  const sent = await submitted(app);
  const [row] = (await list({ filter: { q: sent.id } })).rows;
  expect(row).toMatchObject({
    id: sent.id,
    amount: sent.amount,
    status: 'submitted',
    requestedBy: { type: 'api_key', name: expect.stringMatching(/^platform /) },
    approvals: { required: 1, given: [{ name: expect.stringMatching(/^finance /), note: null }] },
  });
});

test('counting stops at a cap, and says so', async () => {
  await rows(TOTAL_MAX + 5, `'many'`, 'now()');
  const page = await list({ filter: { memberId: 'many' }, limit: 1 });
  expect([page.total, page.rows.length]).toEqual([{ count: TOTAL_MAX, exact: false }, 1]);
  expect((await list({ filter: { memberId: 'many', status: ['approved'] } })).total).toEqual({ count: 0, exact: true });
});
