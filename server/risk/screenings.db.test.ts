import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type ScreeningSimulator, startScreeningSimulator } from '#server/simulators/index.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { aFundedWallet, STRANGER, type TestWallet, timePasses, USDT } from '#server/testing/wallet-payouts.ts';
import { asked, operatorOf, platformOf, refusal, shown } from '#server/testing/withdrawals.ts';

const SECRET = 'a secret of the screening service and of nobody else';

let service: ScreeningSimulator;
let app: TestApplication;
let wallet: TestWallet;
beforeAll(async () => {
  service = await startScreeningSimulator();
  const two = `BSC:BNB:1000,${USDT}:1000,LTC:1000`;
  const environment = { SCREENING_URL: service.url, SCREENING_SECRET: SECRET, APPROVAL_TWO_PERSON_FROM: two };
  app = await testApplication({ environment });
  wallet = await aFundedWallet(app, { bnb: '1', usdt: '900' });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
  await service.close();
});
beforeEach(() => service.answer(503));

async function transfer(to = STRANGER, { id: walletId } = wallet) {
  const { caller } = await platformOf(app);
  const order = { walletId, to, amount: '1', asset: USDT, idempotencyKey: newId() };
  return caller.wallets.transfer(order);
}

async function approval({ id, digest }: { id: string; digest: string }): Promise<string> {
  const { caller } = await operatorOf(app);
  return refusal(caller.withdrawals.approve({ id, digest }));
}

/** The same, after an outside word that nothing is said against it. */
async function paid(request: { id: string; digest: string }): Promise<void> {
  service.answer(200, { verdict: 'accept' });
  await app.jobs.hurry('risk.screen');
  for (const name of ['first', 'second']) {
    const { caller } = await operatorOf(app, 'finance', name);
    await caller.withdrawals.approve({ id: request.id, digest: request.digest });
  }
  await app.jobs.hurry('payout.dispatch');
  await app.jobs.hurry('payout.look-up');
  await timePasses(app, 10);
  await app.jobs.hurry('payout.look-up');
  expect(await shown(app, request)).toMatchObject({ status: 'completed' });
}

async function found({ id }: { id: string }, rule: string): Promise<string[]> {
  const { caller } = await operatorOf(app);
  const { rows } = await caller.risk.findings({ withdrawalId: id });
  return rows.filter((row) => row.rule === rule).map((row) => `${row.moment} ${row.result} ${row.observed}`);
}

describe('an address that somebody wrote down', () => {
  test('waits for the outside word, is asked about once, signed, and goes on when nothing is said against it', async () => {
    const request = await transfer();
    expect((await shown(app, request)).hold).toMatchObject({ reason: 'risk', note: 'screening' });
    service.answer(200, { verdict: 'accept', reference: 'case 7', reason: null, more: 'is left alone' });
    const before = service.asked.length;
    await app.jobs.drain('risk.screen');
    await app.jobs.hurry('risk.screen');
    expect(service.asked).toHaveLength(before + 1);
    const question = service.asked.at(-1);
    expect(question?.body).toEqual({
      withdrawalId: request.id,
      ...{ memberId: wallet.memberId, asset: USDT, amount: '1', address: STRANGER },
    });
    const headers = Object.fromEntries(
      Object.entries(question?.headers ?? {}).map(([name, value]) => [name, `${value}`]),
    );
    const signed = () => new Webhook(SECRET, { format: 'raw' }).verify(JSON.stringify(question?.body), headers);
    expect(signed).not.toThrow();
    expect((await shown(app, request)).hold).toBeNull();
    expect(await found(request, 'screening')).toEqual(['request hold pending', 'screening pass accept (case 7)']);
    expect(await approval(request)).toBe('none');
  });

  test('stays on hold while nothing readable is answered, and is asked again; nobody gets round it meanwhile', async () => {
    const request = await transfer();
    const replies = [
      [503, {}],
      [200, { verdict: 'certainly' }],
      [302, {}],
    ] as const;
    for (const [status, body] of replies) {
      service.answer(status, body);
      await app.jobs.hurry('risk.screen');
      expect((await shown(app, request)).hold).toMatchObject({ note: 'screening' });
    }
    const { caller } = await operatorOf(app);
    await caller.withdrawals.release({ id: request.id });
    expect(await shown(app, request)).toMatchObject({
      voteRefusal: { rule: 'screening', threshold: null, observed: 'pending' },
      allowed: { approve: 'risk.refused' },
    });
    expect(await approval(request)).toBe('risk.refused');
    // The vote was taken back; what refused it stays.
    expect(await found(request, 'screening')).toEqual(['request hold pending', 'approval refuse pending']);
    service.answer(200, { verdict: 'hold', reason: 'seen near a mixer' });
    await app.jobs.hurry('risk.screen');
    expect(await approval(request)).toBe('withdrawal.on_hold');
    expect(await found(request, 'screening')).toContain('screening hold hold seen near a mixer');
    await caller.withdrawals.release({ id: request.id });
    expect(await approval(request)).toBe('none');
  });

  test('that was paid before takes the strictest tier all the same, once the outside word is that people look', async () => {
    const known = await aFundedWallet(app, { bnb: '1', usdt: '9' });
    await paid(await transfer(STRANGER, known));
    const request = await transfer(STRANGER, known);
    const before = await shown(app, request);
    expect(before).toMatchObject({ approvals: { required: 1 }, quorum: { escalated: false, tier: { no: 1, of: 2 } } });
    service.answer(200, { verdict: 'hold', reason: 'seen near a mixer' });
    await app.jobs.hurry('risk.screen');
    const held = await shown(app, request);
    expect(held).toMatchObject({
      ...{ hold: { reason: 'risk', note: 'screening' }, revision: 2 },
      ...{ approvals: { required: 2 }, quorum: { escalated: true, tier: { no: 2, of: 2 } } },
    });
    expect(held.timeline.map(({ action, reason }) => `${action} ${reason}`)).toContain('withdrawal.lapsed risk');
    const { caller } = await operatorOf(app);
    await caller.withdrawals.release({ id: request.id });
    expect(await approval(request)).toBe('withdrawal.stale_digest');
    expect(await approval(held)).toBe('none');
    expect(await shown(app, request)).toMatchObject({ status: 'approved_pending', approvals: { given: [{}] } });
  });

  test('is asked about again when another amount is asked for: what was said of the first one says nothing of it', async () => {
    const request = await transfer();
    service.answer(200, { verdict: 'accept' });
    await app.jobs.hurry('risk.screen');
    expect(await shown(app, request)).toMatchObject({ hold: null, voteRefusal: null, allowed: { approve: true } });
    const editor = await operatorOf(app, 'finance', 'editor');
    await editor.caller.withdrawals.edit({ id: request.id, amount: '2', reason: 'as the member says' });
    const edited = await shown(app, request);
    expect(edited.hold).toMatchObject({ reason: 'risk', note: 'screening' });
    expect(await refusal(editor.caller.withdrawals.release({ id: request.id }))).toBe('withdrawal.self_approval');
    const other = await operatorOf(app, 'finance', 'second');
    await other.caller.withdrawals.release({ id: request.id });
    expect(await approval(edited)).toBe('risk.refused');
    await app.jobs.hurry('risk.screen');
    expect(service.asked.at(-1)?.body).toMatchObject({ withdrawalId: request.id, amount: '2' });
    expect(await approval(edited)).toBe('none');
  });

  test('is not paid when the outside word is no: what was set aside is free again', async () => {
    const request = await transfer();
    service.answer(200, { verdict: 'refuse', reason: 'on a list of sanctions' });
    await app.jobs.hurry('risk.screen');
    expect(await shown(app, request)).toMatchObject({ status: 'rejected' });
    expect(await approval(request)).toBe('withdrawal.already_decided');
    await expect(app.sql(`update risk_screenings set verdict = 'accept'`)).rejects.toThrow(/cannot be changed/);
  });

  test('that was approved does not leave on a "no" that came too late to reject it, and is not voted through again', async () => {
    const request = await transfer();
    service.answer(200, { verdict: 'accept' });
    await app.jobs.hurry('risk.screen');
    expect(await approval(request)).toBe('none');
    const second = await operatorOf(app, 'finance', 'second');
    await second.caller.withdrawals.approve({ id: request.id, digest: request.digest });
    await app.sql(
      `insert into risk_screenings (withdrawal_id, revision, asked_at, answered_at, verdict)
       values (?, 2, now(), now(), 'refuse')`,
      [request.id],
    );
    await app.jobs.hurry('payout.dispatch');
    const back = await shown(app, request);
    expect(back).toMatchObject({
      ...{ status: 'pending', attempts: [] },
      voteRefusal: { rule: 'screening', threshold: null, observed: 'refuse' },
    });
    expect(back.timeline.at(-1)).toMatchObject({ action: 'withdrawal.lapsed', reason: 'risk' });
    expect(await approval(back)).toBe('risk.refused');
    expect(await found(request, 'screening')).toContain('dispatch refuse refuse');
  });

  test('is on hold when it looks like a listed one and is another', async () => {
    service.answer(200, { verdict: 'accept' });
    for (const name of ['first', 'second']) {
      const { caller } = await operatorOf(app, 'finance', name);
      await caller.allowList.add({ asset: USDT, address: STRANGER, label: 'exchange', note: 'ours' });
    }
    const alike = `${STRANGER.slice(0, 6)}${'0'.repeat(32)}${STRANGER.slice(-4)}`.toLowerCase();
    const request = await transfer(alike);
    await app.jobs.hurry('risk.screen');
    expect((await shown(app, request)).hold).toMatchObject({ note: 'look_alike, screening' });
    expect(await found(request, 'look_alike')).toEqual([`request hold ${STRANGER}`]);
    expect(await found(request, 'first_payment')).toEqual(['request escalate 0']);
  });
});

test('the account of the pool is nobody’s choice, and nobody is asked about it', async () => {
  const before = service.asked.length;
  const request = await asked(app);
  await app.jobs.hurry('risk.screen');
  expect(service.asked).toHaveLength(before);
  expect((await shown(app, request)).hold).toBeNull();
});
