import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { createOperator } from './create-operator.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
afterAll(() => app.close());

describe('an operator', () => {
  const facts = { name: 'Kim', role: 'support', password: 'correct horse battery' } as const;

  test('has an address of their own, whatever its case', async () => {
    const email = `${newId()}@example.test`;
    const { id } = await createOperator(app.container, { ...facts, email });
    await expect(createOperator(app.container, { ...facts, email: email.toUpperCase() })).rejects.toMatchObject({
      code: 'operator.email_taken',
    });
    expect(await app.sql('select id from operators where email = ?', [email])).toEqual([{ id }]);
  });

  test('has a password that is kept as a hash, and is in no audit row', async () => {
    const { id } = await createOperator(app.container, { ...facts, email: `${newId()}@example.test` });
    const rows = await app.sql(
      `select t::text from operator_accounts t where operator_id = ? union all select t::text from audit_events t where subject_id = ?`,
      [id, id],
    );
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain(facts.password);
  });

  test.each([
    ['a short password', { password: 'too short' }],
    ['no address', { email: 'kim' }],
    ['no name', { name: '  ' }],
  ])('with %s is refused', async (_what, changes) => {
    const input = { ...facts, email: `${newId()}@example.test`, ...changes };
    expect(() => createOperator(app.container, input)).toThrow(/password|email|name/);
  });
});
