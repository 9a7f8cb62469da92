import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { refusal } from '#server/testing/withdrawals.ts';
import type { ApiKeyCreateInput } from '../contract.ts';

let app: TestApplication;
let admin: Awaited<ReturnType<TestApplication['signedInAs']>>;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  admin = await app.signedInAs('admin');
});
afterAll(() => app.close());

const admit = (authorization: string, ip: string | null = null) =>
  app.container.apiKeyDoor.admit(authorization, { requestId: newId(), ip });
const actor = async (authorization: string) => (await admit(authorization))?.actor ?? null;
const aKey = (more: Partial<ApiKeyCreateInput> = {}) =>
  admin.caller.apiKeys.create({ name: 'platform', scopes: ['read', 'credit'], ...more });
const opens = async (key: string, ip?: string) => (await admit(`Bearer ${key}`, ip)) !== null;
const shownOf = async (id: string) => (await admin.caller.apiKeys.list({})).rows.find((row) => row.id === id);
const lastUse = async (id: string) =>
  (await app.sql<{ at: string | null }>('select last_used_at::text as at from api_keys where id = ?', [id]))[0]?.at;
const recorded = async (id: string, action: string) =>
  (await app.sql('select 1 from audit_events where subject_id = ? and action = ?', [id, action])).length;

describe('an API key', () => {
  test('is shown once and kept as a hash alone', async () => {
    const { id, key } = await aKey();
    expect(key).toMatch(/^csk_[A-Za-z0-9_-]{43}$/);
    const [row] = await app.sql<{ hash: string; text: string }>(
      'select s.hash, s::text || k::text as text from api_keys k join api_key_secrets s on s.api_key_id = k.id where k.id = ?',
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
    const { key } = await aKey({ expiresAt: new Date(Date.now() - 1_000).toISOString() });
    expect(await actor(`Bearer ${key}`)).toBeNull();
    const { key: valid } = await aKey({ expiresAt: new Date(Date.now() + 60_000).toISOString() });
    expect(await actor(`Bearer ${valid}`)).not.toBeNull();
  });

  test('opens nothing from the moment it is revoked', async () => {
    const { id, key } = await aKey();
    await admin.caller.apiKeys.revoke({ id });
    expect(await actor(`Bearer ${key}`)).toBeNull();
    await admin.caller.apiKeys.revoke({ id });
    expect(await recorded(id, 'api_key.revoked')).toBe(1);
  });

  test('that is not there cannot be revoked', async () => {
    expect(await refusal(admin.caller.apiKeys.revoke({ id: newId() }))).toBe('api_key.not_found');
  });

  test('remembers its last use, and writes it once a minute at most', async () => {
    const { id, key } = await aKey();
    expect(await lastUse(id)).toBeNull();
    await actor(`Bearer ${key}`);
    const first = await lastUse(id);
    await actor(`Bearer ${key}`);
    expect(await lastUse(id)).toBe(first);
    for (const [table, column] of [
      ['api_keys', 'id'],
      ['api_key_secrets', 'api_key_id'],
    ]) {
      await app.sql(`update ${table} set last_used_at = now() - interval '61 seconds' where ${column} = ?`, [id]);
    }
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

describe('a key that is replaced', () => {
  test('works beside its successor for as long as was said, and says when it was last used', async () => {
    const { id, key } = await aKey();
    const { key: next, previousUntil } = await admin.caller.apiKeys.rotate({ id, overlapHours: 24 });
    expect(next).not.toBe(key);
    expect(Date.parse(previousUntil) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(await shownOf(id)).toMatchObject({ previous: { until: previousUntil, lastUsedAt: null } });
    expect([await opens(key), await opens(next)]).toEqual([true, true]);
    expect((await shownOf(id))?.previous?.lastUsedAt).toEqual(expect.any(String));
    await app.sql(`update api_key_secrets set expires_at = now() where api_key_id = ? and expires_at is not null`, [
      id,
    ]);
    expect([await opens(key), await opens(next)]).toEqual([false, true]);
    expect((await shownOf(id))?.previous).toBeNull();
    expect(await recorded(id, 'api_key.rotated')).toBe(1);
  });

  test('because it has leaked ends at once', async () => {
    const { id, key } = await aKey();
    const { key: next } = await admin.caller.apiKeys.rotate({ id, overlapHours: 0 });
    expect([await opens(key), await opens(next)]).toEqual([false, true]);
  });

  test('twice leaves two that work, not three', async () => {
    const { id, key } = await aKey();
    const { key: second } = await admin.caller.apiKeys.rotate({ id, overlapHours: 24 });
    const { key: third } = await admin.caller.apiKeys.rotate({ id, overlapHours: 24 });
    expect([await opens(key), await opens(second), await opens(third)]).toEqual([false, true, true]);
  });

  test('ends with all its secrets when it is revoked, and gets no other one', async () => {
    const { id, key } = await aKey();
    const { key: next } = await admin.caller.apiKeys.rotate({ id, overlapHours: 24 });
    await admin.caller.apiKeys.revoke({ id });
    expect([await opens(key), await opens(next)]).toEqual([false, false]);
    const refused = expect.objectContaining({ cause: expect.objectContaining({ code: 'api_key.revoked' }) });
    await expect(admin.caller.apiKeys.rotate({ id, overlapHours: 24 })).rejects.toEqual(refused);
  });
});

describe('a key with a list of addresses', () => {
  const addresses = ['203.0.113.7', '10.1.0.0/16', '2001:db8:5::/48'];

  test.each([
    ['203.0.113.7', true],
    ['203.0.113.8', false],
    ['10.1.255.255', true],
    ['10.2.0.0', false],
    ['2001:db8:5:1::9', true],
    ['2001:db8:6::1', false],
    [null, false],
  ])('from %s: %s', async (ip, isLetIn) => {
    const { key } = await aKey({ addresses });
    if (isLetIn) return expect(await admit(`Bearer ${key}`, ip)).not.toBeNull();
    await expect(admit(`Bearer ${key}`, ip)).rejects.toMatchObject({ code: 'api_key.address_refused', detail: { ip } });
  });

  test('tells once a minute that somebody tried it from elsewhere', async () => {
    const { id, key } = await aKey({ addresses });
    for (let time = 0; time < 3; time += 1) await admit(`Bearer ${key}`, '192.0.2.1').catch(() => null);
    expect(await recorded(id, 'api_key.refused')).toBe(1);
    const [row] = await app.sql(`select after from audit_events where subject_id = ? and action = 'api_key.refused'`, [
      id,
    ]);
    expect(row).toEqual({ after: { because: 'api_key.address_refused', called: [], ip: '192.0.2.1' } });
    expect(await shownOf(id)).toMatchObject({ lastRefusedIp: '192.0.2.1', lastUsedAt: null, addresses });
  });

  test('is changed with what else may be changed, and the record has both sides', async () => {
    const { id, key } = await aKey({ addresses });
    const settings = { name: 'warehouse', addresses: ['192.0.2.1'], callsPerMinute: 600, expiresAt: null };
    await admin.caller.apiKeys.change({ id, ...settings });
    expect(await opens(key, '192.0.2.1')).toBe(true);
    expect(await shownOf(id)).toMatchObject(settings);
    const [row] = await app.sql(
      `select before->'addresses' as before, after->'addresses' as after from audit_events
       where subject_id = ? and action = 'api_key.changed'`,
      [id],
    );
    expect(row).toEqual({ before: addresses, after: ['192.0.2.1'] });
  });
});
