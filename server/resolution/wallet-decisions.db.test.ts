import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { agreed } from '#server/testing/decisions.ts';
import { handedOver, takenBack } from '#server/testing/late-payments.ts';
import {
  carriedOut,
  inTransit,
  refusedTransit,
  seenTwice,
  type TransitBench,
  transitBench,
} from '#server/testing/transits.ts';
import { companySide, observedTwice, openIncident } from '#server/testing/wallet-looks.ts';
import { aFundedWallet, USDT, walletPurse } from '#server/testing/wallet-payouts.ts';
import { operatorOf, refusal, shown } from '#server/testing/withdrawals.ts';

const COMPANY = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
let bench: TransitBench;
let app: TestApplication;
beforeAll(async () => {
  bench = await transitBench({ COMPANY_ADDRESSES: COMPANY.toLowerCase() });
  app = bench.app;
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await bench.close();
});

const fitting = async (id: string) => {
  const { decisions } = await (await operatorOf(app)).caller.incidents.get({ id });
  return decisions.map(({ decision, allowed }) => (allowed === true ? decision : `${decision}: ${allowed}`));
};

const amongFailed = async ({ id }: { id: string }) => {
  const { rows } = await (await operatorOf(app)).caller.exceptions.list({ filter: 'failed', limit: 100 });
  return rows.find((row) => row.id === id);
};

/** A transit of 10 out of 50 that counted as not executed, and that the chain then shows as paid. */
async function late(to?: string) {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  const move = await refusedTransit(bench, wallet, { amount: '10', ...(to && { to }) });
  await carriedOut(bench);
  await seenTwice(bench);
  return { wallet, move, incidentId: await openIncident(app, wallet, 'late_success') };
}

/** A transit of 10 out of 50 that the chain has shown, and of which the provider then says that it is no payment. */
async function reversed(to?: string) {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  const move = await inTransit(bench, wallet, { amount: '10', ...(to && { to }) });
  await carriedOut(bench);
  await seenTwice(bench);
  const attemptId = (await shown(app, move)).attempts[0]?.id ?? '';
  return { wallet, move: { ...move, attemptId } };
}

describe('a late payment out of a wallet to somebody else', () => {
  test('is taken, given up or owed; the company has nothing to keep', async () => {
    const { wallet, incidentId } = await late();
    expect(await fitting(incidentId)).toEqual(['adopt', 'write_off', 'receivable']);
    expect(await walletPurse(app, wallet, USDT)).toBe('40/50/0/0');
    expect(await companySide(app, wallet)).toEqual({ 'suspense:mblock': '10' });
  });

  test('taken: it is the withdrawal’s own, and nothing is open any more', async () => {
    const { wallet, move, incidentId } = await late();
    await agreed(app, incidentId, { decision: 'adopt' });
    expect(await shown(app, move)).toMatchObject({ status: 'completed', hold: null });
    expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
    expect(await companySide(app, wallet)).toEqual({});
  });

  test('given up: it is the company’s loss, and the member keeps what the books say', async () => {
    const { wallet, move, incidentId } = await late();
    await agreed(app, incidentId, { decision: 'write_off' });
    expect(await shown(app, move)).toMatchObject({
      ...{ status: 'failed', hold: null, paidOnce: 'late' },
      ...{ attempts: [{ late: true }], legs: [{}, { status: 'late', reference: expect.stringMatching(/^0x/) }] },
    });
    expect(await amongFailed(move)).toMatchObject({ paidOnce: 'late' });
    expect(await walletPurse(app, wallet, USDT)).toBe('40/50/0/0');
    expect(await companySide(app, wallet)).toEqual({ loss: '10' });
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('40/50/0/0');
  });

  test('owed: the member makes it good', async () => {
    const { wallet, incidentId } = await late();
    await agreed(app, incidentId, { decision: 'receivable' });
    expect(await companySide(app, wallet)).toEqual({ [`receivable:user:${wallet.memberId}`]: '10' });
  });
});

describe('a late payment out of a wallet to the company', () => {
  test('is taken or kept; the company has the coins from the moment they are seen', async () => {
    const { wallet, incidentId } = await late(COMPANY);
    expect(await fitting(incidentId)).toEqual(['adopt', 'keep']);
    expect(await companySide(app, wallet)).toEqual({ company: '10' });
    expect(await walletPurse(app, wallet, USDT)).toBe('40/50/0/0');
  });

  test('taken: the member is owed it, until the platform has paid', async () => {
    const { wallet, move, incidentId } = await late(COMPANY);
    await agreed(app, incidentId, { decision: 'adopt' });
    expect(await companySide(app, wallet)).toEqual({ company: '10', payable: '-10' });
    await handedOver(app, move);
    expect(await companySide(app, wallet)).toEqual({});
    expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
  });

  test('kept: nobody is owed anything for it', async () => {
    const { wallet, move, incidentId } = await late(COMPANY);
    await agreed(app, incidentId, { decision: 'keep' });
    expect((await shown(app, move)).status).toBe('failed');
    expect(await companySide(app, wallet)).toEqual({ company: '10' });
  });
});

describe('a payment out of a wallet that fell out of the chain', () => {
  test('gives the wallet its coins again', async () => {
    const { wallet, move } = await reversed();
    const { incidentId } = await takenBack(app, move);
    expect(await shown(app, move)).toMatchObject({ paidOnce: null, legs: [{}, { status: 'done' }] });
    await agreed(app, incidentId, { decision: 'unsettle', coinsBack: true });
    expect(await shown(app, move)).toMatchObject({
      ...{ status: 'failed', paidOnce: 'taken_back', allowed: { retry: 'withdrawal.not_retryable' } },
      legs: [{}, { status: 'taken_back' }],
    });
    expect(await amongFailed(move)).toMatchObject({ paidOnce: 'taken_back' });
    expect(await walletPurse(app, wallet, USDT)).toBe('50/50/0/0');
    expect(await companySide(app, wallet)).toEqual({});
  });

  test('is what the provider owes where the coins are not there again', async () => {
    const { wallet, move } = await reversed();
    const { incidentId } = await takenBack(app, move);
    await agreed(app, incidentId, { decision: 'unsettle', coinsBack: false });
    expect(await walletPurse(app, wallet, USDT)).toBe('40/50/0/0');
    expect(await companySide(app, wallet)).toEqual({ 'receivable:pool': '10' });
  });

  test('to the company: it no longer has the coins, and no longer owes them', async () => {
    const { wallet, move } = await reversed(COMPANY);
    const { incidentId } = await takenBack(app, move);
    expect(await refusal(handedOver(app, move))).toBe('withdrawal.incident_open');
    await agreed(app, incidentId, { decision: 'unsettle', coinsBack: true });
    expect(await companySide(app, wallet)).toEqual({});
    expect(await walletPurse(app, wallet, USDT)).toBe('50/50/0/0');
  });

  test('to the company and handed over: the member keeps it, and the company bears it', async () => {
    const { wallet, move } = await reversed(COMPANY);
    await handedOver(app, move);
    const { incidentId } = await takenBack(app, move);
    await agreed(app, incidentId, { decision: 'unsettle', coinsBack: true });
    expect((await shown(app, move)).status).toBe('completed');
    expect(await companySide(app, wallet)).toEqual({ company: '-10' });
    expect(await walletPurse(app, wallet, USDT)).toBe('50/40/0/0');
  });
});

// Last: the chain would carry it out in the middle of another.
test('what never was paid ended unpaid, and nothing else is said of it', async () => {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  const move = await refusedTransit(bench, wallet, { amount: '10' });
  expect(await shown(app, move)).toMatchObject({ paidOnce: null, legs: [{}, { status: 'failed' }] });
  expect(await amongFailed(move)).toMatchObject({ paidOnce: null });
});
