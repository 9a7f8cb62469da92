import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { closeOrm, openOrm } from './orm.ts';
import { sql } from './sql.ts';

const url = await testDatabase();
const orm = await openOrm(url);
afterAll(() => closeOrm(url));

test('a statement is prepared once on its connection, and answers every caller with their own', async () => {
  const em = orm.em.fork();
  const text = 'select ?::text as said, ?::int + 1 as next';
  await em.transactional(async (inside) => {
    for (const next of [1, 2, 3]) {
      expect(await sql(inside, text, [`call ${next}`, next])).toEqual([{ said: `call ${next}`, next: next + 1 }]);
    }
    const prepared = await sql<{ statement: string }>(inside, 'select statement from pg_prepared_statements');
    expect(prepared).toEqual([{ statement: 'select $1::text as said, $2::int + 1 as next' }]);
  });
});

test('a statement that failed can be sent again', async () => {
  const divide = (by: number) => sql(orm.em.fork(), 'select 6 / ?::int as part', [by]);
  await expect(divide(0)).rejects.toThrow('division by zero');
  expect(await divide(2)).toEqual([{ part: 3 }]);
});
