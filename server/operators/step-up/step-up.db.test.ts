import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { codeStepsPass } from '#server/testing/code-steps.ts';
import { anOperator, signIn } from '#server/testing/sign-in.ts';
import { SoftAuthenticator } from '#server/testing/soft-authenticator.ts';
import { trpcPost } from '#server/testing/trpc-post.ts';
import { asked } from '#server/testing/withdrawals.ts';
import { fromBase32, toBase32 } from '../second-factor/base32.ts';
import { codeAt, stepAt } from '../second-factor/totp.ts';

const KEY = toBase32(Buffer.alloc(20, 7));
const BY = { type: 'system', id: 'test' } as const;
let app: TestApplication;
let kim: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  app = await testApplication();
  kim = await signedIn();
});
afterAll(() => app.close());
// Every code and every try of the test before is over.
beforeEach(async () => {
  await codeStepsPass(app, 2);
  await app.sql('delete from operator_attempts');
});

const codeNow = (off = 0) => codeAt(fromBase32(KEY), stepAt(new Date()) + off);

/** Somebody of finance with an app and a passkey, in a session that has passed. */
async function signedIn() {
  const person = await anOperator(app);
  const device = new SoftAuthenticator(app.container.config.appUrl);
  await app.container.sessions.inTransaction(async ({ secondFactors, passkeys }) => {
    await secondFactors.begin(person.id, BY, KEY);
    await secondFactors.confirm(person.id, codeNow(), BY);
    await passkeys.add(person.id, device.passkey('laptop'), BY);
  });
  await codeStepsPass(app, 1);
  return { ...person, device, cookie: await anotherSession(person) };
}

async function anotherSession(person: { email: string }): Promise<string> {
  const half = await signIn(app, { email: person.email });
  await codeStepsPass(app, 1);
  const input = { code: codeNow() };
  const { cookie } = await trpcPost(app, { cookie: half.cookie, path: 'secondFactor.verify', input });
  await codeStepsPass(app, 1);
  return cookie;
}

const call = (path: string, input: object, cookie = kim.cookie) => trpcPost(app, { cookie, path, input });

interface Begun {
  readonly challenge: string;
  readonly passkey: { readonly challenge: string; readonly allowCredentials: readonly { readonly id: string }[] };
}
const begin = async (action: string, input: object, cookie = kim.cookie) =>
  (await call('stepUp.begin', { action, input }, cookie)).data as Begun;
const assertionFor = ({ passkey }: Begun) => kim.device.answer(passkey.challenge);

/** Everything right, by passkey. */
async function stepUp(action: string, input: object): Promise<void> {
  const begun = await begin(action, input);
  const { status } = await call('stepUp.confirm', { challenge: begun.challenge, assertion: assertionFor(begun) });
  expect(status).toBe(200);
}

const approvalOf = async () => {
  const { id, digest } = await asked(app);
  return { id, digest };
};
const refused = { status: 403, code: 'auth.step_up_required' };

describe('an approval', () => {
  test('is refused without the second factor, and taken with a code that was given for it', async () => {
    const input = await approvalOf();
    expect(await call('withdrawals.approve', input)).toMatchObject(refused);
    const { challenge } = await begin('withdrawals.approve', input);
    expect(await call('withdrawals.approve', input)).toMatchObject(refused);
    expect(await call('stepUp.confirm', { challenge, code: codeNow() })).toMatchObject({ status: 200 });
    expect(await call('withdrawals.approve', input)).toMatchObject({ status: 200, data: { status: 'approved' } });
  });

  test('is taken with a passkey, without waiting for another code', async () => {
    for (let each = 0; each < 3; each += 1) {
      const input = await approvalOf();
      await stepUp('withdrawals.approve', input);
      expect(await call('withdrawals.approve', input)).toMatchObject({ status: 200 });
    }
  });

  test('takes the grant with it: it is good for nothing more', async () => {
    // Said twice by the same person it stays one proposal, so that only the grant can make a difference.
    const input = { asset: 'LTC', address: 'once@platform.example', label: 'l', note: 'n' };
    await stepUp('allowList.add', input);
    const both = await Promise.all([call('allowList.add', input), call('allowList.add', input)]);
    expect(both.map(({ code }) => code ?? 'taken').toSorted()).toEqual(['auth.step_up_required', 'taken']);
    expect(await call('allowList.add', input)).toMatchObject(refused);
  });

  test('that is refused anyway is refused before a code is asked, and without one nothing of it is kept', async () => {
    const input = await approvalOf();
    const stale = { ...input, digest: '0'.repeat(64) };
    expect(await call('withdrawals.approve', stale)).toMatchObject({ code: 'withdrawal.stale_digest' });
    expect(await call('withdrawals.approve', { id: input.id })).toMatchObject({ status: 400 });
    expect(await call('withdrawals.approve', input)).toMatchObject(refused);
    const votes = 'select 1 from withdrawal_approvals where withdrawal_id = ?';
    expect(await app.sql(votes, [input.id])).toEqual([]);
  });

  test('that is refused for another reason leaves the grant for another try', async () => {
    const input = await approvalOf();
    const other = { ...input, digest: '0'.repeat(64) };
    await stepUp('withdrawals.approve', other);
    for (let each = 0; each < 2; each += 1)
      expect(await call('withdrawals.approve', other)).toMatchObject({ code: 'withdrawal.stale_digest' });
  });
});

describe('what was given for one action is not given for another', () => {
  test('neither for another withdrawal, nor for another word of the same one', async () => {
    const [one, two] = [await approvalOf(), await approvalOf()];
    await stepUp('withdrawals.approve', one);
    expect(await call('withdrawals.approve', two)).toMatchObject(refused);
    expect(await call('withdrawals.approve', { ...one, note: 'and a word' })).toMatchObject(refused);
  });

  test('nor for another procedure with the same input', async () => {
    const input = { id: (await anOperator(app)).id, reason: 'as agreed' };
    await app.sql(`update operators set role = 'admin' where id = ?`, [kim.id]);
    await stepUp('operators.resetSecondFactor', input);
    expect(await call('operators.disable', input)).toMatchObject(refused);
    await app.sql(`update operators set role = 'finance' where id = ?`, [kim.id]);
  });

  test('nor in another session of the same operator, nor for another operator', async () => {
    const input = await approvalOf();
    await stepUp('withdrawals.approve', input);
    expect(await call('withdrawals.approve', input, await anotherSession(kim))).toMatchObject(refused);
    const lee = await signedIn();
    expect(await call('withdrawals.approve', input, lee.cookie)).toMatchObject(refused);
    expect(await call('withdrawals.approve', input)).toMatchObject({ status: 200 });
  });

  test('nor does the answer to one question answer another', async () => {
    const [one, two] = [await approvalOf(), await approvalOf()];
    const [first, second] = [await begin('withdrawals.approve', one), await begin('withdrawals.approve', two)];
    const crossed = { challenge: second.challenge, assertion: assertionFor(first) };
    expect(await call('stepUp.confirm', crossed)).toMatchObject({ code: 'second_factor.wrong_code' });
    const right = { challenge: first.challenge, assertion: assertionFor(first) };
    expect(await call('stepUp.confirm', right)).toMatchObject({ status: 200 });
    expect(await call('stepUp.confirm', right)).toMatchObject(refused);
  });

  test('nor can anybody else answer the question', async () => {
    const begun = await begin('withdrawals.approve', await approvalOf());
    const lee = await signedIn();
    const answer = { challenge: begun.challenge, assertion: assertionFor(begun) };
    expect(await call('stepUp.confirm', answer, lee.cookie)).toMatchObject(refused);
  });
});

describe('a minute', () => {
  test.each(['confirm', 'use'])('after the question it is too late to %s', async (what) => {
    const input = await approvalOf();
    const begun = await begin('withdrawals.approve', input);
    const answer = { challenge: begun.challenge, assertion: assertionFor(begun) };
    if (what === 'use') await call('stepUp.confirm', answer);
    // The row itself cannot be changed; a copy of it can be older.
    await app.sql('alter table step_ups disable trigger step_ups_bound');
    await app.sql(`update step_ups set began_at = began_at - interval '61 seconds' where id = ?`, [begun.challenge]);
    await app.sql('alter table step_ups enable trigger step_ups_bound');
    if (what === 'confirm') expect(await call('stepUp.confirm', answer)).toMatchObject(refused);
    expect(await call('withdrawals.approve', input)).toMatchObject(refused);
  });
});

describe('a passkey', () => {
  test.each<[string, (device: SoftAuthenticator, challenge: string) => object]>([
    ['on another site', (_device, challenge) => kim.device.answer(challenge, { origin: 'https://console.evil.test' })],
    ['for another name', (_device, challenge) => kim.device.answer(challenge, { rpId: 'evil.test' })],
    ['without the person', (_device, challenge) => kim.device.answer(challenge, { flags: 0x01 })],
    ['of another kind', (_device, challenge) => kim.device.answer(challenge, { type: 'webauthn.create' })],
    ['that nobody registered', (device, challenge) => device.answer(challenge)],
    ['that signs with another key', (device, challenge) => ({ ...device.answer(challenge), id: kim.device.id })],
  ])('%s is refused', async (_what, answer) => {
    const begun = await begin('withdrawals.approve', await approvalOf());
    const stranger = new SoftAuthenticator(app.container.config.appUrl);
    const assertion = answer(stranger, begun.passkey.challenge);
    expect(await call('stepUp.confirm', { challenge: begun.challenge, assertion })).toMatchObject({
      code: 'second_factor.wrong_code',
    });
  });
});

describe('codes', () => {
  test('are spent by it as by signing in', async () => {
    const code = codeNow();
    const first = await begin('withdrawals.approve', await approvalOf());
    expect(await call('stepUp.confirm', { challenge: first.challenge, code })).toMatchObject({ status: 200 });
    const second = await begin('withdrawals.approve', await approvalOf());
    expect(await call('stepUp.confirm', { challenge: second.challenge, code })).toMatchObject({
      code: 'second_factor.code_used',
    });
  });

  test('cannot be guessed: after ten tries nothing is taken for a while, and every refusal is recorded', async () => {
    const { challenge } = await begin('withdrawals.approve', await approvalOf());
    const wrong = { challenge, code: codeNow(9) };
    for (let each = 0; each < 10; each += 1) await call('stepUp.confirm', wrong);
    expect(await call('stepUp.confirm', { challenge, code: codeNow() })).toMatchObject({ code: 'rate.limited' });
    const rows = await app.sql(
      `select action from audit_events
       where after->>'because' = 'rate.limited' or after->>'code' = 'rate.limited' or action = 'stepUp.confirm'`,
    );
    expect(rows).toEqual([{ action: 'step_up.refused' }]);
  });
});

test('who has no second factor cannot give one', async () => {
  const { cookie } = await signIn(app, await anOperator(app, 'support'));
  const input = { action: 'withdrawals.approve', input: {} };
  expect(await call('stepUp.begin', input, cookie)).toMatchObject({ code: 'auth.forbidden' });
});

test('what was confirmed is recorded with the action, the session and what it was confirmed with', async () => {
  const input = await approvalOf();
  const begun = await begin('withdrawals.approve', input);
  await call('stepUp.confirm', { challenge: begun.challenge, assertion: assertionFor(begun) });
  const rows = await app.sql<{ after: object; session_id: string | null }>(
    `select after, session_id from audit_events where action = 'step_up.confirmed' and after->>'stepUpId' = ?`,
    [begun.challenge],
  );
  expect(rows).toMatchObject([{ after: { action: 'withdrawals.approve', with: 'passkey' } }]);
  expect(rows[0]?.session_id).not.toBeNull();
});
