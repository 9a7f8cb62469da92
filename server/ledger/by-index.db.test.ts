import type { EntityManager } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#server/database/sql.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { Bookings, type Movement } from '#server/testing/bookings.ts';
import { expectLedgerBalanced } from '#server/testing/books.ts';
import { aMember } from '#server/testing/members.ts';
import type { LedgerService, StatementService } from './index.ts';

const BY = { type: 'system', id: 'test' } as const;
const OTHERS = 5_000;
let app: TestApplication;
let books: Bookings;
const memberId = aMember();
const walletId = newId();
const of = { withdrawalId: newId(), attemptId: newId(), amount: '1' };
const paid = (kind: Movement['kind'], more: object = {}) => ({ ...of, kind, ...more });
let creditId: string;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  books = new Bookings(app);
  ({ transactionId: creditId } = await books.credit(memberId, '9'));
  await books.post(memberId, paid('HOLD'), paid('DISPATCH'), paid('SETTLE'));
  await books.post(memberId, { kind: 'OBSERVE', walletId, amount: '2' });
  await manyOthers();
});
afterAll(async () => {
  await expectLedgerBalanced(app);
  await app.close();
});

/** Credits of other members, as many as a busy day brings. */
async function manyOthers(): Promise<void> {
  const credits = `select n, md5('t' || n)::uuid as id, 'other-' || n as member_id from generate_series(1, ${OTHERS}) n`;
  const entry = (code: string, amount: number) =>
    `select gen_random_uuid(), id, ${code}, 'LTC', ${amount} from (${credits}) c`;
  await app.container.orm.em.fork().transactional(async (em) => {
    await em.execute(`insert into ledger_accounts (code, asset, bucket, member_id)
      select 'user:' || member_id || ':available', 'LTC', 'available', member_id from (${credits}) c`);
    await em.execute(`insert into ledger_transactions (id, kind, asset, member_id, source, reference, actor_type, actor_id,
        posted_at, effective_at)
      select id, 'CREDIT', 'LTC', member_id, 'platform', 'day', 'system', 'test', now(), now() from (${credits}) c`);
    await em.execute(`insert into ledger_entries (id, transaction_id, code, asset, amount)
      ${entry(`'undistributed'`, 1)} union all ${entry(`'user:' || member_id || ':available'`, -1)}`);
  });
  for (const table of ['transactions', 'entries', 'accounts', 'balances']) await app.sql(`analyze ledger_${table}`);
}

/** What one call looked at in the tables that grow, its checks at the commit included. */
async function looked(work: (services: { ledger: LedgerService; statements: StatementService }) => Promise<unknown>) {
  return books.sessions.inTransaction(async ({ em, ...services }) => {
    // The connection may not have handed in yet what it counted for somebody before.
    const before = await touched(em);
    await work(services);
    await sql(em, 'set constraints all immediate');
    const after = await touched(em);
    return after.map(({ table, scans, rows }) => {
      const was = before.find((each) => each.table === table);
      return { table, scans: scans - (was?.scans ?? 0), rows: rows - (was?.rows ?? 0) };
    });
  });
}

const touched = (em: EntityManager) =>
  sql<{ table: string; scans: number; rows: number }>(
    em,
    `select relname as table, seq_scan::int as scans, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
     from pg_stat_xact_user_tables
     where relname in ('ledger_transactions', 'ledger_entries', 'ledger_accounts', 'ledger_balances')`,
  );

const at = '2020-01-01T00:00:00Z';
test.each<[string, Parameters<typeof looked>[0]]>([
  ['a statement', ({ statements }) => statements.statement({ memberId, cursor: null, limit: 50 })],
  ['balances', ({ statements }) => statements.balances({ memberId })],
  ['balances of the past', ({ statements }) => statements.balances({ memberId, at })],
  ['a wallet’s balances of the past', ({ statements }) => statements.walletBalances({ walletId, at })],
  ['a movement', ({ statements }) => statements.transaction(creditId)],
  ['a credit', ({ ledger }) => ledger.credit({ memberId, asset: 'LTC', amount: '1', reference: newId() }, BY)],
  ['a reversal', ({ ledger }) => ledger.reverse({ transactionId: creditId, amount: '1', reference: newId() }, BY)],
  ['a handover', ({ ledger }) => ledger.post([books.posting(memberId, paid('HANDOVER'))])],
  [
    'a payment taken back',
    ({ ledger }) => ledger.post([books.posting(memberId, paid('UNSETTLE', { handedOver: true }))]),
  ],
])('%s looks at a few rows by an index, however many there are', async (_what, work) => {
  const tables = await looked(work);
  expect(tables.filter(({ scans, rows }) => scans > 0 || rows > 100)).toEqual([]);
  expect(tables.some(({ rows }) => rows > 0)).toBe(true);
});
