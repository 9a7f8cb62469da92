import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Signed, type TestApplication, testApplication } from '#server/testing/application.ts';
import { EXPIRY_TOLD_BEFORE_MS } from './key-expiry.ts';

let app: TestApplication;
let admin: Signed;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  admin = await app.signedInAs('admin');
});
afterAll(() => app.close());

const inMs = (ms: number) => new Date(app.clock.now().getTime() + ms).toISOString();
const create = (name: string, expiresAt?: string) =>
  admin.caller.apiKeys.create({ name, scopes: ['read'], ...(expiresAt && { expiresAt }) });
const look = () => app.container.sessions.inTransaction(({ keyExpiry }) => keyExpiry.look());
const told = () =>
  app.sql<{ subject: string; reason: string }>(
    `select subject_id as subject, reason from notification_events where type = 'api_key.expires' order by seq`,
  );

test('people are told of a key that ends within seven days, once, and again of another end', async () => {
  const expiresAt = inMs(EXPIRY_TOLD_BEFORE_MS + 60_000);
  const { id } = await create('platform', expiresAt);
  await create('for ever');
  await look();
  expect(await told()).toEqual([]);
  app.clock.pass(60_000);
  await look();
  await look();
  expect(await told()).toEqual([{ subject: id, reason: `platform, ${expiresAt}` }]);
  const shown = { id, name: 'platform', addresses: [], callsPerMinute: 60 };
  await admin.caller.apiKeys.change({ ...shown, expiresAt: inMs(EXPIRY_TOLD_BEFORE_MS - 60_000) });
  await look();
  expect(await told()).toHaveLength(2);
});

test('of a key that was revoked, or that has ended, nobody has to hear any more', async () => {
  const before = (await told()).length;
  const { id } = await create('revoked', inMs(86_400_000));
  await admin.caller.apiKeys.revoke({ id });
  await create('ended', inMs(60_000));
  app.clock.pass(120_000);
  await look();
  expect(await told()).toHaveLength(before);
});
