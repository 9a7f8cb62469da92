import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { createOperator } from './create-operator.ts';

let app: TestApplication;
let admin: Awaited<ReturnType<TestApplication['signedInAs']>>;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  admin = await app.signedInAs('admin');
});
afterAll(() => app.close());

const actor = (authorization: string) =>
  app.container.sessions.withoutTransaction(({ apiKeys }) => apiKeys.actor(authorization));
const aKey = (expiresAt?: string) =>
  admin.caller.apiKeys.create({ name: 'platform', scopes: ['read', 'credit'], ...(expiresAt ? { expiresAt } : {}) });
const lastUse = async (id: string) =>
  (await app.sql<{ at: string | null }>('select last_used_at::text as at from api_keys where id = ?', [id]))[0]?.at;

describe('an API key', () => {
  test('is shown once and kept as a hash alone', async () => {
    const { id, key } = await aKey();
    expect(key).toMatch(/^csk_[A-Za-z0-9_-]{43}$/);
    const [row] = await app.sql<{ hash: string; text: string }>(
      'select hash, k::text as text from api_keys k where id = ?',
      [id],
    );
    expect(row?.hash).toBe(createHash('sha256').update(key).digest('hex'));
    const audit = await app.sql(`select t::text from audit_events t where subject_id = ?`, [id]);
    const shown = JSON.stringify([row?.text, audit, await admin.caller.apiKeys.list({})]);
    expect(shown).not.toContain(key.slice(4));
  });

  test('names its holder and what it may do', async () => {
    const { id, key } = await aKey();
    expect(await actor(`Bearer ${key}`)).toEqual({ type: 'api_key', id, scopes: ['read', 'credit'] });
  });

  test('keeps each scope once', async () => {
    const { key } = await admin.caller.apiKeys.create({ name: 'twice', scopes: ['read', 'read'] });
    expect(await actor(`Bearer ${key}`)).toMatchObject({ scopes: ['read'] });
  });

  test('opens nothing after it has expired', async () => {
    const { key } = await aKey(new Date(Date.now() - 1_000).toISOString());
    expect(await actor(`Bearer ${key}`)).toBeNull();
    const { key: valid } = await aKey(new Date(Date.now() + 60_000).toISOString());
    expect(await actor(`Bearer ${valid}`)).not.toBeNull();
  });

  test('opens nothing from the moment it is revoked', async () => {
    const { id, key } = await aKey();
    await admin.caller.apiKeys.revoke({ id });
    expect(await actor(`Bearer ${key}`)).toBeNull();
    await admin.caller.apiKeys.revoke({ id });
    const rows = await app.sql(`select 1 from audit_events where subject_id = ? and action = 'api_key.revoked'`, [id]);
    expect(rows).toHaveLength(1);
  });

  test('that is not there cannot be revoked', async () => {
    await expect(admin.caller.apiKeys.revoke({ id: newId() })).rejects.toThrow('there is no such key');
  });

  test('remembers its last use, and writes it once a minute at most', async () => {
    const { id, key } = await aKey();
    expect(await lastUse(id)).toBeNull();
    await actor(`Bearer ${key}`);
    const first = await lastUse(id);
    await actor(`Bearer ${key}`);
    expect(await lastUse(id)).toBe(first);
    await app.sql(`update api_keys set last_used_at = now() - interval '61 seconds' where id = ?`, [id]);
    await actor(`Bearer ${key}`);
    expect(await lastUse(id)).not.toBeNull();
    expect(await lastUse(id)).not.toBe(first);
  });

  test.each([
    ['', 'nothing'],
    ['Bearer ', 'no key'],
    ['Bearer csk_short', 'a short one'],
    [`Bearer csk_${'A'.repeat(43)}`, 'one that was never given out'],
    [`Bearer csk_${'A'.repeat(43)}' or true --`, 'SQL'],
    ['Basic a2ltOnBhc3N3b3Jk', 'another scheme'],
  ])('is not %j: %s', async (authorization) => {
    expect(await actor(authorization)).toBeNull();
  });

  test('is not opened by its hash', async () => {
    const { key } = await aKey();
    expect(await actor(`Bearer ${createHash('sha256').update(key).digest('hex')}`)).toBeNull();
  });
});

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
