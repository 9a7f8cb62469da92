import { afterAll, beforeAll, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { approved, paidOut, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

test('whose earlier attempt turned out to be paid is not sent while people have not decided, held or not', async () => {
  const request = await approved(app);
  const { sessions } = app.container;
  const late = { kind: 'late_success', subject: newId(), withdrawalId: request.id, asset: 'LTC', detail: {} } as const;
  await sessions.inTransaction(({ incidents }) => incidents.open(late, WORKER));
  await app.jobs.drain('payout.dispatch');
  expect(await shown(app, request)).toMatchObject({ waitReason: 'late_undecided', attempts: [] });

  await sessions.inTransaction(async ({ incidents }) => {
    const [incident] = await incidents.findOpen({ kind: late.kind, withdrawalId: request.id });
    if (incident) incidents.close(incident, { resolution: 'closed', note: 'not ours' }, WORKER);
  });
  await app.jobs.hurry('payout.dispatch');
  expect(paidOut(app, request)).toHaveLength(1);
});
