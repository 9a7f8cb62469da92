import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Signed, type TestApplication, testApplication } from '#server/testing/application.ts';
import { EXPIRY_TOLD_BEFORE_S } from './key-expiry.ts';

let app: TestApplication;
let admin: Signed;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  admin = await app.signedInAs('admin');
  // A process whose clock is wrong: it is the database's that ends a key, and tells of the end.
  app.clock.pass(-3_600_000);
});
afterAll(() => app.close());

const inS = (s: number) => new Date(Date.now() + s * 1_000).toISOString();
const create = (name: string, expiresAt?: string) =>
  admin.caller.apiKeys.create({ name, scopes: ['read'], ...(expiresAt && { expiresAt }) });
const look = () => app.container.sessions.inTransaction(({ keyExpiry }) => keyExpiry.look());
const told = () =>
  app.sql<{ subject: string; reason: string }>(
    `select subject_id as subject, reason from notification_events where type = 'api_key.expires' order by seq`,
  );

test('people are told of a key that ends within seven days, once, and again of another end', async () => {
  const tooFar = inS(EXPIRY_TOLD_BEFORE_S + 60);
  const expiresAt = inS(EXPIRY_TOLD_BEFORE_S - 60);
  const { id } = await create('platform', tooFar);
  await create('for ever');
  await look();
  expect(await told()).toEqual([]);
  const shown = { id, name: 'platform', addresses: [], callsPerMinute: 60 };
  await admin.caller.apiKeys.change({ ...shown, expiresAt });
  await look();
  await look();
  expect(await told()).toEqual([{ subject: id, reason: `platform, ${expiresAt}` }]);
  await admin.caller.apiKeys.change({ ...shown, expiresAt: inS(EXPIRY_TOLD_BEFORE_S - 120) });
  await look();
  expect(await told()).toHaveLength(2);
});

test('of a key that was revoked, or that has ended, nobody has to hear any more', async () => {
  const before = (await told()).length;
  const { id } = await create('revoked', inS(86_400));
  await admin.caller.apiKeys.revoke({ id });
  await create('ended', inS(-60));
  await look();
  expect(await told()).toHaveLength(before);
});
