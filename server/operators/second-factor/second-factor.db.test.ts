import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openContainer } from '#server/container.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { codeStepsPass } from '#server/testing/code-steps.ts';
import { JobRunner } from '#server/testing/job-runner.ts';
import { anOperator, type Person, signIn } from '#server/testing/sign-in.ts';
import { trpcPost } from '#server/testing/trpc-post.ts';
import { WalletKeyCipher } from '#server/wallets/index.ts';
import { fromBase32 } from './base32.ts';
import { codeAt, stepAt } from './totp.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  // A process whose clock is wrong: what a code is good for is measured by the database.
  app.clock.pass(3_600_000);
});
afterAll(() => app.close());
// Every code of the test before is over.
beforeEach(() => codeStepsPass(app, 3));

const codeNow = (key: string, off = 0) => codeAt(fromBase32(key), stepAt(new Date()) + off);
const call = (cookie: string, path: string, input: object = {}) => trpcPost(app, { cookie, path, input });
const stateOf = async (cookie: string) => (await app.container.sessionReader.read(cookie))?.secondFactor;
const audited = async (id: string) =>
  (
    await app.sql<{ action: string }>(
      `select action from audit_events where subject_id = ? and action like 'second_factor.%' order by id`,
      [id],
    )
  ).map(({ action }) => action);

/** Somebody whose authenticator app is registered; the session it was done in is `cookie`. */
async function enrolled(role: OperatorRole = 'finance') {
  const kim = await anOperator(app, role);
  const first = await signIn(app, kim);
  const { data } = await call(first.cookie, 'secondFactor.begin');
  const { key } = data as { key: string };
  const confirmed = await call(first.cookie, 'secondFactor.confirm', { code: codeNow(key) });
  const { recoveryCodes } = confirmed.data as { recoveryCodes: string[] };
  await codeStepsPass(app, 1);
  return { kim, key, recoveryCodes, before: first.cookie, cookie: confirmed.cookie };
}

/** The same person at the second step of another sign-in. */
const half = async (kim: Person) => (await signIn(app, kim)).cookie;

describe('who decides about money', () => {
  test.each(['finance', 'admin'] as const)(
    'as %s does nothing before an authenticator app is registered',
    async (role) => {
      const { cookie } = await signIn(app, await anOperator(app, role));
      expect(await stateOf(cookie)).toBe('set_up');
      expect(await call(cookie, 'system.freeze', { scope: 'all', reason: 'r' })).toMatchObject({
        status: 401,
        code: 'auth.second_factor_required',
      });
    },
  );

  test.each(['support', 'auditor'] as const)('as %s needs none, and is asked for it once it is there', async (role) => {
    const plain = await signIn(app, await anOperator(app, role));
    expect(await stateOf(plain.cookie)).toBe('none');
    const { kim, cookie } = await enrolled(role);
    expect(await stateOf(cookie)).toBe('passed');
    expect(await stateOf(await half(kim))).toBe('asked');
  });

  test('a new role that demands it counts at the very next request', async () => {
    const kim = await anOperator(app, 'support');
    const { cookie } = await signIn(app, kim);
    await app.sql(`update operators set role = 'finance' where id = ?`, [kim.id]);
    expect(await stateOf(cookie)).toBe('set_up');
  });
});

describe('registering', () => {
  test('shows a key as text and as a QR code, takes a first code, gives ten recovery codes and is recorded', async () => {
    const kim = await anOperator(app);
    const { cookie } = await signIn(app, kim);
    const { data } = await call(cookie, 'secondFactor.begin');
    const { key, uri, qr } = data as { key: string; uri: string; qr: { size: number; path: string } };
    expect(key).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri).toContain(`secret=${key}`);
    expect(qr.size).toBeGreaterThan(20);
    const done = await call(cookie, 'secondFactor.confirm', { code: codeNow(key) });
    const { recoveryCodes } = done.data as { recoveryCodes: string[] };
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(recoveryCodes.every((code) => /^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/.test(code))).toBe(true);
    expect(await stateOf(done.cookie)).toBe('passed');
    expect(await audited(kim.id)).toEqual(['second_factor.begun', 'second_factor.set_up']);
  });

  test('keeps neither key nor recovery codes in a form that can be read', async () => {
    const { kim, key, recoveryCodes } = await enrolled();
    const kept = await app.sql(
      `select f::text || c::text as text from operator_second_factors f join operator_recovery_codes c on c.factor_id = f.id
       where operator_id = ? union all select e::text from audit_events e where subject_id = ?`,
      [kim.id, kim.id],
    );
    const text = JSON.stringify(kept);
    for (const secret of [key, ...recoveryCodes]) expect(text).not.toContain(secret);
    for (const code of recoveryCodes) expect(text).not.toContain(code.replaceAll('-', ''));
  });

  test('with a wrong code puts nothing in force', async () => {
    const kim = await anOperator(app);
    const { cookie } = await signIn(app, kim);
    const { key } = (await call(cookie, 'secondFactor.begin')).data as { key: string };
    expect(await call(cookie, 'secondFactor.confirm', { code: codeNow(key, 9) })).toMatchObject({
      code: 'second_factor.wrong_code',
    });
    expect(await stateOf(cookie)).toBe('set_up');
  });

  test('again is refused to whoever has the password alone', async () => {
    const { kim, cookie } = await enrolled();
    for (const session of [await half(kim), cookie])
      expect(await call(session, 'secondFactor.begin')).toMatchObject({ code: 'second_factor.exists' });
    expect(await call(await half(kim), 'secondFactor.confirm', { code: '123456' })).toMatchObject({
      code: 'second_factor.not_begun',
    });
  });
});

describe('the second step', () => {
  test('lets the session pass under a new cookie; the one from before opens nothing', async () => {
    const { kim, key } = await enrolled();
    const cookie = await half(kim);
    const passed = await call(cookie, 'secondFactor.verify', { code: codeNow(key) });
    expect(passed).toMatchObject({ status: 200, data: { recoveryCodesLeft: 10 } });
    expect((await audited(kim.id)).at(-1)).toBe('second_factor.passed');
    expect(passed.setCookie).toMatch(/Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await stateOf(passed.cookie)).toBe('passed');
    expect(await stateOf(cookie)).toBeUndefined();
  });

  test('takes no code that is over, nor one to come, whatever the clock of the process says', async () => {
    const { kim, key } = await enrolled();
    const cookie = await half(kim);
    for (const off of [120, -120])
      expect(await call(cookie, 'secondFactor.verify', { code: codeNow(key, off) })).toMatchObject({
        code: 'second_factor.wrong_code',
      });
    expect(await call(cookie, 'secondFactor.verify', { code: codeNow(key) })).toMatchObject({ status: 200 });
  });

  test('takes a code once, and none that is older than one that was taken', async () => {
    const { kim, key } = await enrolled();
    const [code, older] = [codeNow(key), codeNow(key, -1)];
    expect(await call(await half(kim), 'secondFactor.verify', { code })).toMatchObject({ status: 200 });
    for (const again of [code, older])
      expect(await call(await half(kim), 'secondFactor.verify', { code: again })).toMatchObject({
        code: 'second_factor.code_used',
      });
  });

  test('takes the same code of two who send it at once only from one', async () => {
    const { kim, key } = await enrolled();
    const cookies = [await half(kim), await half(kim), await half(kim)];
    const code = codeNow(key);
    const results = await Promise.all(cookies.map((cookie) => call(cookie, 'secondFactor.verify', { code })));
    expect(results.map(({ status }) => status).toSorted()).toEqual([200, 422, 422]);
  });

  test('takes each recovery code once, however it is typed', async () => {
    const { kim, recoveryCodes } = await enrolled();
    const [one = ''] = recoveryCodes;
    const typed = one.toLowerCase().replaceAll('-', ' ');
    const passed = await call(await half(kim), 'secondFactor.verify', { recoveryCode: typed });
    expect(passed).toMatchObject({ status: 200, data: { recoveryCodesLeft: 9 } });
    expect(await call(await half(kim), 'secondFactor.verify', { recoveryCode: one })).toMatchObject({
      code: 'second_factor.wrong_code',
    });
  });

  test('takes none of the recovery codes that were replaced, and all that replaced them', async () => {
    const { kim, recoveryCodes } = await enrolled();
    const by = { type: 'operator', id: kim.id, role: 'finance', sessionId: newId() } as const;
    const renewed = await app.container.sessions.inTransaction(({ secondFactors }) =>
      secondFactors.renewRecoveryCodes(kim.id, by),
    );
    expect(new Set([...renewed, ...recoveryCodes]).size).toBe(20);
    expect((await audited(kim.id)).at(-1)).toBe('second_factor.recovery_codes_renewed');
    const verify = async (code = '') => call(await half(kim), 'secondFactor.verify', { recoveryCode: code });
    expect(await verify(recoveryCodes[0])).toMatchObject({ code: 'second_factor.wrong_code' });
    expect(await verify(renewed[0])).toMatchObject({ status: 200, data: { recoveryCodesLeft: 9 } });
  });

  test("does not take another operator's codes", async () => {
    const [a, b] = [await enrolled(), await enrolled()];
    const cookie = await half(a.kim);
    for (const proof of [{ code: codeNow(b.key) }, { recoveryCode: b.recoveryCodes[0] }])
      expect(await call(cookie, 'secondFactor.verify', proof)).toMatchObject({ code: 'second_factor.wrong_code' });
  });

  test('is stopped after ten wrong codes in a quarter of an hour, whatever is sent then; every one is recorded', async () => {
    const { kim, key } = await enrolled();
    const cookie = await half(kim);
    const tries = await Promise.all(
      Array.from({ length: 10 }, () => call(cookie, 'secondFactor.verify', { code: codeNow(key, 9) })),
    );
    expect(new Set(tries.map(({ code }) => code))).toEqual(new Set(['second_factor.wrong_code']));
    expect(await call(cookie, 'secondFactor.verify', { code: codeNow(key) })).toMatchObject({ code: 'rate.limited' });
    expect((await audited(kim.id)).filter((action) => action === 'second_factor.refused')).toHaveLength(11);
    expect(await app.sql(`select 1 from audit_events where action = 'secondFactor.verify'`)).toEqual([]);
    await app.sql(
      `update operator_attempts set tries = array(select each - interval '16 minutes' from unnest(tries) each)`,
    );
    expect(await call(cookie, 'secondFactor.verify', { code: codeNow(key) })).toMatchObject({ status: 200 });
  });

  test('does not count what was right', async () => {
    const { kim, key } = await enrolled();
    for (let sign = 0; sign < 12; sign += 1) {
      await codeStepsPass(app, 1);
      const passed = await call(await half(kim), 'secondFactor.verify', { code: codeNow(key) });
      expect(passed.status).toBe(200);
    }
  });
});

describe('a lost phone', () => {
  test('is helped by another admin: the factor and every session are gone, and it is recorded', async () => {
    const { kim, cookie } = await enrolled();
    const { caller } = await app.signedInAs('admin');
    await caller.operators.resetSecondFactor({ id: kim.id, reason: 'as agreed' });
    expect(await stateOf(cookie)).toBeUndefined();
    expect(await stateOf(await half(kim))).toBe('set_up');
    expect((await audited(kim.id)).at(-1)).toBe('second_factor.reset');
  });

  test('is not helped by oneself, nor is anybody who is not there', async () => {
    const { id, caller } = await app.signedInAs('admin');
    await expect(caller.operators.resetSecondFactor({ id, reason: 'as agreed' })).rejects.toThrow(
      'a colleague does this',
    );
    await expect(caller.operators.resetSecondFactor({ id: newId(), reason: 'as agreed' })).rejects.toThrow(
      'there is no such operator',
    );
  });
});

test('after a new first encryption key the keys of the apps are sealed with it, and still make the right codes', async () => {
  const { kim, key } = await enrolled();
  const encryptionKey = (id: string, byte: number) => ({
    id,
    base64: new Secret(Buffer.alloc(32, byte).toString('base64')),
  });
  const cipher = new WalletKeyCipher([encryptionKey('k2', 2), encryptionKey('k1', 1)]);
  const rotated = await openContainer(app.container.config, { cipher, clock: app.clock });
  await rotated.sessions.inTransaction(({ sealedKeys }) => sealedKeys.begin());
  await new JobRunner(rotated).drain('wallets.re-encrypt');
  const left = await app.sql(`select 1 from operator_second_factors where sealed_key not like 'v1:k2:%'`);
  expect(left).toEqual([]);
  const verdict = await rotated.sessions.inTransaction(({ secondFactors }) =>
    secondFactors.spendCode(kim.id, codeNow(key)),
  );
  await rotated.shared.boss.stop({ graceful: false });
  expect(verdict).toBe('right');
});

describe('the database itself', () => {
  test('refuses to take a code for unused again, and a recovery code too', async () => {
    const { kim, recoveryCodes } = await enrolled();
    await call(await half(kim), 'secondFactor.verify', { recoveryCode: recoveryCodes[0] });
    const back = 'update operator_second_factors set last_step = last_step - 1 where operator_id = ?';
    await expect(app.sql(back, [kim.id])).rejects.toThrow();
    const unused = 'update operator_recovery_codes set used_at = null where used_at is not null';
    await expect(app.sql(unused)).rejects.toThrow();
  });
});
