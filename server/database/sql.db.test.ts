import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { closeOrm, openOrm } from './orm.ts';
import { SessionManager } from './session-manager.ts';
import { execute, sql } from './sql.ts';

const url = await testDatabase();
const orm = await openOrm(url);
afterAll(() => closeOrm(url));
const em = () => orm.em.fork();

test.each([
  "'; drop table assets; --",
  "x' or '1'='1",
  '? and ?? and $1 and :name',
  '\\',
  '{"$ne": null}',
  '100%_',
  '한국어 \u{1f4b0}',
])('%j stays text', async (text) => {
  expect(await sql(em(), 'select ?::text as text, ? = ? as same', [text, text, text])).toEqual([{ text, same: true }]);
  expect(await execute(em(), 'select $1::text as text', [text])).toEqual([{ text }]);
  expect(await sql(em(), 'select 1 from assets where asset = ? or symbol = ?', [text, text])).toEqual([]);
});

test('lists, nulls, instants and raw lists are bound by their type', async () => {
  const at = new Date('2026-03-01T00:00:00.123Z');
  const [row] = await sql<{ list: string[]; nothing: null; at: Date }>(
    em(),
    'select ?::text[] as list, ?::text as nothing, ?::timestamptz as at',
    [["a'b", '"', 'c,d'], null, at],
  );
  expect(row).toMatchObject({ list: ["a'b", '"', 'c,d'], nothing: null });
  expect(new Date(row?.at ?? 0)).toEqual(at);
});

test('numerics arrive as text with every digit', async () => {
  expect(await sql(em(), 'select 12345678901234567890.123456789012345678::numeric(38,18) as amount')).toEqual([
    { amount: '12345678901234567890.123456789012345678' },
  ]);
});

test('a missing or a spare parameter is a bug, not a query', async () => {
  await expect(sql(em(), 'select ?::int, ?::int', [1])).rejects.toThrow('2 placeholders, 1 parameters');
  await expect(sql(em(), 'select 1', [1])).rejects.toThrow('0 placeholders, 1 parameters');
});

test('a statement runs in the transaction of its session', async () => {
  const sessions = new SessionManager(orm, (session) => ({ session }));
  const ids = await sessions.inTransaction(async ({ session }) => [
    await sql(session, 'select pg_current_xact_id()::text as id'),
    await sql(session, 'select pg_current_xact_id()::text as id'),
  ]);
  expect(ids[0]).toEqual(ids[1]);
});
