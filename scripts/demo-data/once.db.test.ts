import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { completeEnvironment } from '#server/testing/complete-environment.ts';
import { testDatabase } from '#server/testing/database.ts';
import { aMember, credited } from '#server/testing/members.ts';
import { tampered } from '#server/testing/tampering.ts';
import { localSecrets } from '../local/secrets.ts';
import type { LocalServices } from '../local/services.ts';
import { fillWithDemoData } from './index.ts';
import { WITHDRAWALS } from './plan.ts';

let app: TestApplication;
const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await app.close();
});

/** Where nobody listens: whoever calls the product in anybody's name fails. */
const NOWHERE = 'http://127.0.0.1:9';

async function started(): Promise<void> {
  const secretsFile = join(folder, 'demo.env');
  const services: LocalServices = {
    env: completeEnvironment({ DATABASE_URL: await testDatabase() }) as Record<string, string>,
    ...{ appUrl: NOWHERE, databaseUrl: await testDatabase(), logFolder: folder },
    ...{ secrets: localSecrets(secretsFile), secretsFile },
    simulators: { hashdamUrl: NOWHERE, mblockUrl: NOWHERE },
  };
  await fillWithDemoData(services);
}

const recorded = () => app.sql('select id from audit_events order by id');

test('a second start of the demo signs nobody in and does nothing in anybody’s name', async () => {
  const memberId = aMember();
  await credited(app, { memberId, asset: 'LTC', amount: '1' });
  const { caller } = await app.withKey('withdraw');
  const wish = { memberId, asset: 'LTC', amount: '0.5', reference: `order-${7000 + WITHDRAWALS.length}` };
  await caller.withdrawals.request({ ...wish, idempotencyKey: newId() });
  const before = await recorded();
  await started();
  expect(await recorded()).toEqual(before);
  expect(await app.sql(`select 1 from operators where email like '%@demo.example'`)).toEqual([]);
});

test('a start that ended in the middle is gone on with, and leaves nobody a passkey they did not ask for', async () => {
  await tampered(app, `update withdrawals set reference = 'order-7001'`);
  await expect(started()).rejects.toThrow('fetch failed');
  expect(await app.sql(`select role from operators where email like '%@demo.example' order by email`)).toEqual(
    ['admin', 'admin', 'auditor', 'finance', 'finance', 'support'].map((role) => ({ role })),
  );
  expect(
    await app.sql(
      `select 1 from operator_passkeys p join operators o on o.id = p.operator_id where o.email like '%@demo.example'`,
    ),
  ).toEqual([]);
});
