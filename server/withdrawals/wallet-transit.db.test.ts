import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { TestApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import {
  aHash,
  carriedOut,
  incidentsOf,
  inTransit,
  keptCallbacks,
  look,
  report,
  seenTwice,
  type TransitBench,
  tokenOf,
  tokensMoved,
  transitBench,
} from '#server/testing/transits.ts';
import {
  aFundedWallet,
  approvedMove,
  onChain,
  sentMove,
  timePasses,
  USDT,
  walletPurse,
} from '#server/testing/wallet-payouts.ts';
import { bookings, shown, whateverMayCome } from '#server/testing/withdrawals.ts';

let app: TestApplication;
let bench: TransitBench;
beforeAll(async () => {
  bench = await transitBench();
  app = bench.app;
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await bench.close();
});

describe('a transit', () => {
  test('is completed by its callback and two looks at the receipt; the company pays the gas it needed', async () => {
    const wallet = await aFundedWallet(app, { bnb: '0', usdt: '50' });
    const move = await inTransit(bench, wallet);
    expect(await shown(app, move)).toMatchObject({ status: 'pending-transit', kind: 'wallet_transit' });
    await carriedOut(bench);
    await seenTwice(bench);
    expect(await shown(app, move)).toMatchObject({
      status: 'completed',
      legs: [
        { from: 'fee_wallet', to: 'wallet', status: 'done', reference: expect.stringMatching(/^0x/) },
        { from: 'wallet', to: 'target', status: 'done', reference: expect.stringMatching(/^0x/) },
      ],
    });
    expect(await bookings(app, move)).toEqual({ DISPATCH: 1, GAS_TOPUP: 1, HOLD: 1, SETTLE: 1 });
    expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
  });

  test('scenario 35: of all there was takes the amount that was approved; a later deposit stays', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '30' });
    const move = await approvedMove(app, wallet, { kind: 'transit' });
    expect(move.amount).toBe('30');
    onChain(app, wallet, { usdt: '35' });
    await app.jobs.drain('payout.dispatch');
    await carriedOut(bench);
    await seenTwice(bench);
    expect(await shown(app, move)).toMatchObject({ status: 'completed', legs: [{ status: 'not_needed' }, {}] });
    expect(tokensMoved(bench, '30')).toBe(1);
    expect(await walletPurse(app, wallet, USDT)).toBe('0/0/0/0');
  });

  test('without any callback goes to people when its time is over, with the balances as evidence', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await inTransit(bench, wallet);
    await timePasses(app, 30 * 20 + 600);
    await look(bench);
    expect(await shown(app, move)).toMatchObject({ status: 'manual-review', attempts: [{ error: 'no_final_word' }] });
    const evidence = await app.sql(
      `select e.kind from payout_evidence e join payout_attempts a on a.id = e.attempt_id
       where a.withdrawal_id = ? and e.kind = 'balance'`,
      [move.id],
    );
    expect(evidence).toHaveLength(1);
    await carriedOut(bench);
    await seenTwice(bench);
    expect((await shown(app, move)).status).toBe('completed');
  });
});

describe('scenario 36: the callback is faster than the answer', () => {
  test('it is kept, found by its secret, and believed once the token is there', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const { walletProvider } = app.container.shared;
    const transit = walletProvider.transit.bind(walletProvider);
    const spy = vi.spyOn(walletProvider, 'transit').mockImplementation(async (order) => {
      const answer = await transit(order);
      await carriedOut(bench);
      await app.jobs.hurry('callback.process');
      return answer;
    });
    const move = await sentMove(app, wallet, { kind: 'transit', amount: '4' });
    spy.mockRestore();
    expect((await shown(app, move)).status).toBe('pending-transit');
    await seenTwice(bench);
    expect((await shown(app, move)).status).toBe('completed');
    expect(tokensMoved(bench, '4')).toBe(1);
  });
});

describe('scenario 37: the answer is lost and the callback comes', () => {
  test('no people are needed', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    app.mblock.control.fault({ method: 'transitByWalletKey', fault: 'drop_after' });
    const move = await sentMove(app, wallet, { kind: 'transit', amount: '3' });
    expect((await shown(app, move)).status).toBe('manual-review');
    await carriedOut(bench);
    await seenTwice(bench);
    expect(await shown(app, move)).toMatchObject({ status: 'completed', attempts: [{ status: 'confirmed' }] });
    expect(await tokenOf(bench, move)).not.toBe('');
    expect(tokensMoved(bench, '3')).toBe(1);
  });
});

describe('scenario 38: the gas was spent and the tokens did not move', () => {
  test('the gas is booked once, the rest is for people, and nothing is sent again', async () => {
    const wallet = await aFundedWallet(app, { bnb: '0', usdt: '50' });
    app.mblock.control.fault({ method: 'transitByWalletKey', fault: 'callback_partial' });
    const move = await inTransit(bench, wallet, { amount: '6' });
    await carriedOut(bench);
    await seenTwice(bench);
    expect(await shown(app, move)).toMatchObject({
      status: 'manual-review',
      legs: [{ status: 'done' }, { status: 'unknown' }],
    });
    await whateverMayCome(app);
    expect(await bookings(app, move)).toEqual({ DISPATCH: 1, GAS_TOPUP: 1, HOLD: 1 });
    expect(await walletPurse(app, wallet, USDT)).toBe('50/44/0/6');
    expect(tokensMoved(bench, '6')).toBe(0);
  });
});

describe('scenario 39: a forged success', () => {
  test('with a hash that nobody knows moves nothing', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await inTransit(bench, wallet);
    await report(bench, move.secret, {
      result: true,
      token: await tokenOf(bench, move),
      txidFee: null,
      txidToken: aHash(),
    });
    await seenTwice(bench);
    expect((await shown(app, move)).status).toBe('pending-transit');
    expect(await walletPurse(app, wallet, USDT)).toBe('50/40/0/10');
  });

  test("with another payment's hash is an incident", async () => {
    const other = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const paid = await inTransit(bench, other);
    await carriedOut(bench);
    await seenTwice(bench);
    const txidToken = (await shown(app, paid)).attempts[0]?.reference;
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await inTransit(bench, wallet);
    await report(bench, move.secret, { result: true, token: await tokenOf(bench, move), txidFee: null, txidToken });
    await seenTwice(bench);
    expect(await incidentsOf(bench, move)).toEqual(['reference_used']);
    expect(await walletPurse(app, wallet, USDT)).toBe('50/40/0/10');
  });

  test('with the hash of a payment of a stranger is an incident, and people look', async () => {
    const stranger = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    app.mblock.control.fault({ method: 'transferByWalletKey', fault: 'no_reference' });
    await sentMove(app, stranger, { amount: '8.5' });
    const txidToken = app.mblock.journal().find(({ amount }) => amount === '8.5')?.reference;
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await inTransit(bench, wallet, { amount: '8.5' });
    await report(bench, move.secret, { result: true, token: await tokenOf(bench, move), txidFee: null, txidToken });
    await seenTwice(bench);
    expect((await shown(app, move)).status).toBe('manual-review');
    expect(await incidentsOf(bench, move)).toEqual(['receipt_mismatch']);
    await carriedOut(bench);
    await seenTwice(bench);
    expect((await shown(app, move)).status).toBe('completed');
  });
});

describe('scenario 53: forged first, true second', () => {
  test('both are evaluated; the forged hash has no receipt and bars nothing', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await inTransit(bench, wallet, { amount: '9' });
    await report(bench, move.secret, {
      result: true,
      token: await tokenOf(bench, move),
      txidFee: null,
      txidToken: aHash(),
    });
    await look(bench);
    await carriedOut(bench);
    await seenTwice(bench);
    expect((await shown(app, move)).status).toBe('completed');
    expect(await keptCallbacks(bench, move)).toBe(2);
  });
});

describe('a callback that says that nothing ran', () => {
  test('is believed after two minutes of balances that did not change, and the money is free again', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    app.mblock.control.fault({ method: 'transitByWalletKey', fault: 'callback_refused' });
    const move = await inTransit(bench, wallet, { amount: '11' });
    await carriedOut(bench);
    await look(bench);
    await timePasses(app, 60);
    await look(bench);
    expect((await shown(app, move)).status).toBe('pending-transit');
    await timePasses(app, 60);
    await look(bench);
    expect(await shown(app, move)).toMatchObject({ status: 'failed', attempts: [{ status: 'not_executed' }] });
    expect(await walletPurse(app, wallet, USDT)).toBe('50/50/0/0');
  });

  test('is not believed when a balance changed', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    app.mblock.control.fault({ method: 'transitByWalletKey', fault: 'callback_refused' });
    const move = await inTransit(bench, wallet, { amount: '12' });
    await carriedOut(bench);
    await look(bench);
    onChain(app, wallet, { usdt: '38' });
    await timePasses(app, 120);
    await look(bench);
    expect(await shown(app, move)).toMatchObject({
      status: 'manual-review',
      attempts: [{ error: 'balances_changed' }],
    });
    onChain(app, wallet, { usdt: '50' });
  });

  test('and then shows up as paid is late: the books follow the chain, a hold, an incident, the wallet paused', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await inTransit(bench, wallet, { amount: '13' });
    const token = await tokenOf(bench, move);
    await report(bench, move.secret, { result: false, token, message: 'Not enough balance' });
    for (let minute = 0; minute < 3; minute += 1) {
      await look(bench);
      await timePasses(app, 60);
    }
    expect((await shown(app, move)).status).toBe('failed');
    await carriedOut(bench);
    await seenTwice(bench);
    expect(await shown(app, move)).toMatchObject({ status: 'failed', hold: { reason: 'late_success' } });
    expect(await incidentsOf(bench, move)).toEqual(['late_success']);
    expect(await bookings(app, move)).toMatchObject({ RETURN: 1, RELEASE: 1, LATE: 1 });
    expect(await walletPurse(app, wallet, USDT)).toBe('37/50/0/0');
    const [row] = await app.sql('select status from wallets where id = ?', [wallet.id]);
    expect(row).toEqual({ status: 'paused' });
    await whateverMayCome(app);
    expect(await bookings(app, move)).toMatchObject({ LATE: 1 });
  });

  test('with another token is for people', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await inTransit(bench, wallet, { amount: '14' });
    await report(bench, move.secret, { result: false, token: 'another', message: 'Not enough balance' });
    await look(bench);
    expect(await shown(app, move)).toMatchObject({
      status: 'manual-review',
      attempts: [{ error: 'callback_inconclusive' }],
    });
  });
});

describe('after the payment was proven', () => {
  test('the opposite is an incident and changes nothing', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await inTransit(bench, wallet, { amount: '15' });
    await carriedOut(bench);
    await seenTwice(bench);
    const before = await bookings(app, move);
    await report(bench, move.secret, {
      result: false,
      token: await tokenOf(bench, move),
      message: 'Not enough balance',
    });
    await look(bench);
    expect(await incidentsOf(bench, move)).toEqual(['callback_contradicts']);
    expect((await shown(app, move)).status).toBe('completed');
    expect(await bookings(app, move)).toEqual(before);
  });
});
