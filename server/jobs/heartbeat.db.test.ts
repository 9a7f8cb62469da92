import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { operatorOf } from '#server/testing/withdrawals.ts';
import { Heartbeat } from './heartbeat.ts';

let app: TestApplication;
let heartbeat: Heartbeat;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  const { sessions, logger } = app.container;
  heartbeat = new Heartbeat({ sessions, logger, process: { name: 'w', host: 'h', processId: 1 } });
});
beforeEach(() => itsTurn());
afterAll(() => app.close());

const itsTurn = () => app.sql('update provider_states set asked_at = null');
const status = async () => (await operatorOf(app)).caller.system.status({});
const pool = async () => (await status()).providers.find(({ provider }) => provider === 'hashdam');

describe('asking a provider', () => {
  test.each(['hashdam', 'mblock'] as const)('%s answers: it is running, and its clock is compared', async (name) => {
    await heartbeat.ask(name);
    const provider = (await status()).providers.find(({ provider: each }) => each === name);
    expect(provider).toMatchObject({ condition: 'running', lastFailure: null, lastReadAt: expect.any(String) });
    expect(Math.abs(provider?.clockOffsetMs ?? Number.POSITIVE_INFINITY)).toBeLessThan(2_500);
  });

  test('that does not answer is seen as failing, with when and why, and as running once it answers', async () => {
    app.hashdam.control.fault({ method: 'projectInfo', fault: 'drop_before' });
    await heartbeat.ask('hashdam');
    expect(await pool()).toMatchObject({
      condition: 'failing',
      lastFailure: { reason: 'connection_lost', stands: true, at: expect.any(String) },
    });
    await itsTurn();
    await heartbeat.ask('hashdam');
    expect(await pool()).toMatchObject({ condition: 'running', lastFailure: { stands: false } });
  });

  test('that refuses is seen as failing with the reason', async () => {
    app.hashdam.control.fault({ method: 'projectInfo', fault: 'rejected', message: 'Invalid API Key' });
    await heartbeat.ask('hashdam');
    expect((await pool())?.lastFailure?.reason).toBe('api_key_invalid');
  });

  test('is done by one worker at a time', async () => {
    app.hashdam.control.fault({ method: 'projectInfo', fault: 'drop_before', times: 1 });
    await heartbeat.ask('hashdam');
    await heartbeat.ask('hashdam');
    expect((await pool())?.condition).toBe('failing');
  });
});

test('a worker has said its name before it takes a job', async () => {
  await heartbeat.start();
  expect((await status()).workers).toMatchObject([{ name: 'w', host: 'h', processId: 1, state: 'answering' }]);
  await heartbeat.stop();
});

test('the status names every queue, the migration, and how the clocks differ', async () => {
  await app.container.sessions.inTransaction(({ jobs }) => jobs.send('mining.collect', {}));
  const { queues, database } = await status();
  const collect = queues.find(({ queue }) => queue === 'mining.collect');
  expect(collect).toMatchObject({ due: 1, active: 0, later: 0, oldestDueAt: expect.any(String) });
  expect(queues.map(({ queue }) => queue)).toContain('payout.dispatch');
  expect(database.migration).toMatch(/^Migration\d{14}_/);
  expect(Date.parse(database.now)).toBeGreaterThan(0);
});
