import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { withClient } from '../database/index.ts';
import { rowsIn } from './places.ts';
import { SecretSearch } from './secret-search.ts';

test('every table is looked at, those of the queue too; the row of a session alone may hold its token', async () => {
  const url = await testDatabase();
  const token = randomUUID();
  const [operator, session, job] = [randomUUID(), randomUUID(), randomUUID()];
  await withClient(url, async (client) => {
    await client.query(
      `insert into operators (id, email, name, role, created_at, updated_at)
       values ($1, 'one@canaries.example', $2, 'support', now(), now())`,
      [operator, `who says ${token}`],
    );
    await client.query(
      `insert into operator_sessions (id, operator_id, token, expires_at, created_at, updated_at)
       values ($1, $2, $3, now(), now(), now())`,
      [session, operator, token],
    );
    await client.query(`insert into pgboss.job (id, name, data) values ($1, 'payout.look-up', $2)`, [job, { token }]);
  });
  const places = await rowsIn(url);
  const idsOf = (table: string) => places.filter(({ where, text }) => where === table && text.includes(session));
  expect(idsOf('operator_sessions')).toHaveLength(1);
  expect(new SecretSearch([{ name: 'token', text: token }]).hitsIn(places)).toEqual([
    'operators: token',
    'pgboss.job_common: token',
  ]);
});
