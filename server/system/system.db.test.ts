import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';

const BY = { type: 'system', id: 'worker' } as const;
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
afterAll(() => app.close());
beforeEach(() => app.sql('update provider_states set paused_at = null, pause_reason = null, last_read_at = null'));

const pause = (reason: string) =>
  app.container.sessions.inTransaction(({ system }) => system.pause('hashdam', reason, BY));
const isPaused = (provider: 'hashdam' | 'mblock') =>
  app.container.sessions.withoutTransaction(({ system }) => system.isPaused(provider));
const audited = async (action: string) =>
  (await app.sql('select reason, before from audit_events where action = ? order by id', [action])).at(-1);

describe('a paused provider', () => {
  test('is paused alone, with the reason, and that is audited', async () => {
    await pause('Invalid API Key');
    expect([await isPaused('hashdam'), await isPaused('mblock')]).toEqual([true, false]);
    const sending = { provider: 'hashdam', asset: 'LTC', walletId: null } as const;
    expect(await app.container.sessions.withoutTransaction(({ system }) => system.standingStop(sending))).toMatchObject(
      { stop: 'provider_paused', reason: 'Invalid API Key', by: null, at: expect.any(String) },
    );
    expect(await audited('provider.paused')).toMatchObject({ reason: 'Invalid API Key' });
    const { caller } = await app.signedInAs('support');
    const { providers } = await caller.system.status({});
    expect(providers).toMatchObject([
      { provider: 'hashdam', pausedAt: expect.any(String), reason: 'Invalid API Key' },
      { provider: 'mblock', pausedAt: null, reason: null },
    ]);
  });

  test('keeps its first reason', async () => {
    await pause('first');
    await pause('second');
    expect(await app.sql(`select pause_reason from provider_states where provider = 'hashdam'`)).toEqual([
      { pause_reason: 'first' },
    ]);
  });

  test('is paused once when many say so at once', async () => {
    const count = async () => (await app.sql(`select 1 from audit_events where action = 'provider.paused'`)).length;
    const before = await count();
    await Promise.all(Array.from({ length: 5 }, (_each, at) => pause(`reason ${at}`)));
    expect((await count()) - before).toBe(1);
  });

  test('goes on when a person says so, who says why', async () => {
    await pause('Invalid API Key');
    const { caller } = await app.signedInAs('admin');
    const { providers } = await caller.system.resumeProvider({ provider: 'hashdam', reason: 'key mended' });
    expect(providers.find(({ provider }) => provider === 'hashdam')).toMatchObject({ pausedAt: null, reason: null });
    expect(await isPaused('hashdam')).toBe(false);
    expect(await audited('provider.resumed')).toEqual({ reason: 'key mended', before: { reason: 'Invalid API Key' } });
  });

  test('that is not paused is resumed without a word in the audit', async () => {
    const { caller } = await app.signedInAs('admin');
    const before = await app.sql(`select 1 from audit_events where action = 'provider.resumed'`);
    await caller.system.resumeProvider({ provider: 'mblock', reason: 'to be sure' });
    expect(await app.sql(`select 1 from audit_events where action = 'provider.resumed'`)).toEqual(before);
  });
});

test('a reading does not undo a pause that came meanwhile', async () => {
  await app.container.sessions.inTransaction(async ({ system }) => {
    system.noteRead('hashdam');
    await pause('came meanwhile');
  });
  expect(await isPaused('hashdam')).toBe(true);
  const [row] = await app.sql<{ read: boolean }>(
    `select last_read_at is not null as read from provider_states where provider = 'hashdam'`,
  );
  expect(row?.read).toBe(true);
});
