import { afterAll, beforeAll, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { anOperator, signIn } from '#server/testing/sign-in.ts';
import { asked } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ environment: { RISK_DEVICE_AGE_MIN_HOURS: '1' } });
});
afterAll(() => app.close());

const TWO_HOURS_MS = 2 * 3_600_000;

test('a vote from a new device waits its hour by the database, whatever the clock of the process says', async () => {
  const { cookie } = await signIn(app, await anOperator(app, 'finance'));
  const session = await app.container.sessionReader.read(cookie);
  if (!session) throw new Error('not signed in');
  await app.container.sessions.inTransaction(({ devices }) => devices.welcome(session.sessionId, null));
  const by = { type: 'operator', id: session.id, role: 'finance', sessionId: session.sessionId } as const;
  const { id, memberId } = await asked(app);
  const destination = { address: 'pool', type: 'account' } as const;
  const subject = { memberId, amount: Amount.parse('LTC', '1'), destination, ip: null };
  const refusal = () =>
    app.container.sessions.withoutTransaction(({ risk }) => risk.refusalOfVote({ id, revision: 1 }, subject, by));
  app.clock.pass(TWO_HOURS_MS);
  expect(await refusal()).toMatchObject({ rule: 'new_device', threshold: '1', observed: expect.stringContaining('T') });
  await app.sql(`update operator_devices set first_seen_at = first_seen_at - interval '61 minutes'`);
  app.clock.pass(-2 * TWO_HOURS_MS);
  expect(await refusal()).toBeNull();
});
