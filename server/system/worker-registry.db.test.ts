import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { operatorOf } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
afterAll(() => app.close());

const process = (name: string) => ({ name, host: 'host', processId: 7 });
const beat = (name: string) => app.container.sessions.inTransaction(({ workers }) => workers.beat(process(name)));
const leave = (name: string) => app.container.sessions.inTransaction(({ workers }) => workers.leave(name));
const stateOf = (name: string) => app.container.sessions.withoutTransaction(({ system }) => system.workerState(name));
const silentFor = (name: string, seconds: number) =>
  app.sql('update workers set seen_at = now() - make_interval(secs => ?) where name = ?', [seconds, name]);
const listed = async () => (await (await operatorOf(app)).caller.system.status({})).workers.map(({ name }) => name);

describe('a worker', () => {
  test('answers while it says so', async () => {
    await beat('a');
    expect(await stateOf('a')).toBe('answering');
  });

  test('that is silent for longer than fifteen seconds is not proven dead, and answers again when it wakes', async () => {
    await beat('b');
    await silentFor('b', 14);
    expect(await stateOf('b')).toBe('answering');
    await silentFor('b', 16);
    expect(await stateOf('b')).toBe('not_proven');
    await silentFor('b', 86_400 * 30);
    expect(await stateOf('b')).toBe('not_proven');
    await beat('b');
    expect(await stateOf('b')).toBe('answering');
  });

  test('is gone when it said so itself, and for ever', async () => {
    await beat('c');
    await leave('c');
    expect(await stateOf('c')).toBe('gone');
    await beat('c');
    expect(await stateOf('c')).toBe('gone');
  });

  test('that nobody knows is not proven dead', async () => {
    expect(await stateOf('nobody')).toBe('not_proven');
  });

  test('is listed for a day, and for ten minutes once it has gone', async () => {
    for (const name of ['old', 'left']) await beat(name);
    await silentFor('old', 86_401);
    await leave('left');
    expect(await listed()).toEqual(expect.arrayContaining(['left']));
    await app.sql("update workers set gone_at = now() - interval '11 min' where name = 'left'");
    expect(await listed()).not.toEqual(expect.arrayContaining(['left']));
    expect(await listed()).not.toContain('old');
  });
});
