import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { anOperator, signIn } from '#server/testing/sign-in.ts';
import { SoftAuthenticator } from '#server/testing/soft-authenticator.ts';
import { granting } from '#server/testing/stepped-up.ts';
import { trpcPost } from '#server/testing/trpc-post.ts';
import { PasskeySignIn } from './passkey-sign-in.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
afterAll(() => app.close());

const device = (origin = app.container.config.appUrl) => new SoftAuthenticator(origin);
const read = (cookie: string) => app.container.sessionReader.read(cookie);
const call = (path: string, input: object, cookie = '') => trpcPost(app, { cookie, path, input });
type Answer = Awaited<ReturnType<typeof call>>;
const challengeOf = ({ data }: Answer) => (data as { challenge: string }).challenge;

async function signedIn(role: 'support' | 'auditor' = 'support') {
  const person = await anOperator(app, role);
  const { cookie } = await signIn(app, person);
  const session = await read(cookie);
  if (!session) throw new Error('not signed in');
  return { ...person, cookie, grant: granting(app, session) };
}
type Somebody = Awaited<ReturnType<typeof signedIn>>;

async function begun(who: Somebody, name = 'laptop') {
  await who.grant('passkeys.begin', { name });
  return challengeOf(await call('passkeys.begin', { name }, who.cookie));
}
/** Somebody with a passkey that their own browser made. */
async function registered() {
  const who = await signedIn();
  const passkey = device();
  const input = { name: 'laptop', attestation: passkey.attest(await begun(who)) };
  expect(await call('passkeys.register', input, who.cookie)).toMatchObject({ status: 200 });
  return { ...who, passkey };
}
const asked = async () => challengeOf(await call('signIn.beginPasskey', {}));
test('where the console is reached by a number there are none', async () => {
  const site = { id: null, origin: 'http://127.0.0.1:3000' };
  const nowhere = new PasskeySignIn({ sessions: app.container.sessions, site });
  await expect(nowhere.begin()).rejects.toMatchObject({ code: 'passkey.unavailable' });
});

const refused = { status: 422, code: 'passkey.refused' };

describe('registering a passkey', () => {
  test('takes the second factor, keeps it under its name, ends other sessions and is recorded', async () => {
    const who = await signedIn();
    const elsewhere = (await signIn(app, who)).cookie;
    expect(await call('passkeys.begin', { name: 'laptop' }, who.cookie)).toMatchObject({
      code: 'auth.step_up_required',
    });
    const input = { name: 'laptop', attestation: device().attest(await begun(who)) };
    expect(await call('passkeys.register', input, who.cookie)).toMatchObject({ status: 200 });
    const { rows } = await app.container.sessions.withoutTransaction(async ({ passkeys }) => ({
      rows: await passkeys.list(who.id),
    }));
    expect(rows).toMatchObject([{ name: 'laptop', lastUsedAt: null }]);
    expect([await read(elsewhere), (await read(who.cookie))?.id]).toEqual([null, who.id]);
    const actions = await app.sql(`select action from audit_events where subject_id = ? and action like 'passkey%'`, [
      who.id,
    ]);
    expect(actions).toEqual([{ action: 'passkey.added' }]);
    const told = `select type from notification_events where subject_id = ? and type = 'operator.passkey_added'`;
    expect(await app.sql(told, [who.id])).toHaveLength(1);
  });

  test.each<[string, (who: Somebody, challenge: string) => Promise<object> | object]>([
    ['made on another site', (_who, challenge) => device('https://evil.test').attest(challenge)],
    ['under another name', async (who) => device().attest(await begun(who, 'phone'))],
    ['in another session', async () => device().attest(await begun(await signedIn()))],
    ['asked for nothing', () => device().attest(newId())],
    ['that is no registration', (_who, challenge) => device().attest(challenge, { type: 'webauthn.get' })],
  ])('%s is refused', async (_what, made) => {
    const who = await signedIn();
    const attestation = await made(who, await begun(who));
    expect(await call('passkeys.register', { name: 'laptop', attestation }, who.cookie)).toMatchObject(refused);
  });

  test('happens once for each question and once for each passkey', async () => {
    const who = await signedIn();
    const challenge = await begun(who);
    const passkey = device();
    const register = (answer: object) => call('passkeys.register', { name: 'laptop', attestation: answer }, who.cookie);
    expect(await register(passkey.attest(challenge))).toMatchObject({ status: 200 });
    expect(await register(device().attest(challenge))).toMatchObject(refused);
    expect(await register(passkey.attest(await begun(who)))).toMatchObject({ code: 'passkey.exists' });
  });
});

describe('signing in with a passkey', () => {
  test('counts as both factors, says which device, and is recorded', async () => {
    const { id, passkey } = await registered();
    const done = await call('signIn.passkey', { assertion: passkey.answer(await asked(), { count: 1 }) });
    expect(done).toMatchObject({ status: 200 });
    const devices = await app.sql('select 1 from operator_devices where operator_id = ?', [id]);
    expect(devices.length).toBeGreaterThan(0);
    expect(await read(done.cookie)).toMatchObject({ id, secondFactor: 'passed' });
    const [row] = await app.sql<{ after: object }>(
      `select after from audit_events where action = 'operator.signed_in' and subject_id = ? order by id desc limit 1`,
      [id],
    );
    expect(row?.after).toMatchObject({ with: 'passkey' });
  });

  test('takes each answer once, also when it comes many times at once', async () => {
    const { passkey } = await registered();
    const assertion = passkey.answer(await asked(), { count: 1 });
    const all = await Promise.all([1, 2, 3, 4].map(() => call('signIn.passkey', { assertion })));
    expect(all.map(({ status }) => status).toSorted()).toEqual([200, 422, 422, 422]);
  });

  test('refuses a copy: its counter has not risen', async () => {
    const { passkey } = await registered();
    const statuses: number[] = [];
    for (const count of [5, 5, 4, 6])
      statuses.push((await call('signIn.passkey', { assertion: passkey.answer(await asked(), { count }) })).status);
    expect(statuses).toEqual([200, 422, 422, 200]);
  });

  test.each<[string, (passkey: SoftAuthenticator, challenge: string) => object]>([
    ['of another site', (passkey, challenge) => passkey.answer(challenge, { origin: 'https://evil.test', count: 9 })],
    ['without the person verified', (passkey, challenge) => passkey.answer(challenge, { flags: 1, count: 9 })],
    [
      'to a question of ours that never was',
      (passkey) => passkey.answer(Buffer.alloc(64).toString('base64url'), { count: 9 }),
    ],
    ['of a passkey that nobody has', (_passkey, challenge) => device().answer(challenge, { count: 9 })],
  ])('refuses an answer %s', async (_what, answer) => {
    const { passkey } = await registered();
    expect(await call('signIn.passkey', { assertion: answer(passkey, await asked()) })).toMatchObject(refused);
  });

  test('refuses an answer that took longer than five minutes, and a question for something else', async () => {
    const who = await registered();
    const { passkey } = who;
    expect(await call('signIn.passkey', { assertion: passkey.answer(await begun(who), { count: 8 }) })).toMatchObject(
      refused,
    );
    const challenges = app.container.sessions;
    const isOld = await challenges.inTransaction(async ({ challenges }) => {
      const bytes = Buffer.from(await challenges.make('x'), 'base64url');
      bytes.writeBigUInt64BE(bytes.readBigUInt64BE() - 301_000n);
      return challenges.spend(bytes.toString('base64url'), 'x');
    });
    expect(isOld).toBe(false);
  });

  test('lets nobody in who is disabled, nor with a passkey that was removed', async () => {
    const who = await registered();
    await app.sql('update operators set disabled_at = now() where id = ?', [who.id]);
    const assertion = who.passkey.answer(await asked(), { count: 1 });
    expect(await call('signIn.passkey', { assertion })).toMatchObject(refused);
    await app.sql('update operators set disabled_at = null where id = ?', [who.id]);
    const [row] = await app.sql<{ id: string }>('select id from operator_passkeys where operator_id = ?', [who.id]);
    await who.grant('passkeys.remove', { id: row?.id });
    expect(await call('passkeys.remove', { id: row?.id }, who.cookie)).toMatchObject({ status: 200 });
    const removed = `select 1 from audit_events where action = 'passkey.removed' and actor_id = ?`;
    expect(await app.sql(removed, [who.id])).toHaveLength(1);
    expect(await call('signIn.passkey', { assertion: who.passkey.answer(await asked(), { count: 2 }) })).toMatchObject(
      refused,
    );
  });
});

test('a lost phone that is reset opens nothing by its passkey, which the team list counted until then', async () => {
  const who = await registered();
  const { caller } = await app.signedInAs('admin');
  const counted = async () => (await caller.operators.list({})).rows.find(({ id }) => id === who.id)?.passkeys;
  expect(await counted()).toBe(1);
  await caller.operators.resetSecondFactor({ id: who.id, reason: 'as agreed' });
  expect(await counted()).toBe(0);
  expect(await call('signIn.passkey', { assertion: who.passkey.answer(await asked(), { count: 1 }) })).toMatchObject(
    refused,
  );
  const removed = `select after from audit_events where action = 'passkey.removed' and subject_id = ?`;
  expect(await app.sql(removed, [who.id])).toMatchObject([{ after: { name: 'laptop' } }]);
});

test("nobody removes another person's passkey", async () => {
  const who = await registered();
  const other = await signedIn('auditor');
  const [row] = await app.sql<{ id: string }>('select id from operator_passkeys where operator_id = ?', [who.id]);
  await other.grant('passkeys.remove', { id: row?.id });
  expect(await call('passkeys.remove', { id: row?.id }, other.cookie)).toMatchObject({ code: 'passkey.not_found' });
});
