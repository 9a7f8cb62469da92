import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { agreed } from '#server/testing/decisions.ts';
import { carriedOut, refusedTransit, seenTwice, type TransitBench, transitBench } from '#server/testing/transits.ts';
import { companySide, observedTwice, openIncident } from '#server/testing/wallet-looks.ts';
import { aFundedWallet, onChain, type TestWallet, USDT, walletPurse } from '#server/testing/wallet-payouts.ts';
import { bookings, shown } from '#server/testing/withdrawals.ts';

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

/**
 * A transit of 10 counts as not executed, the chain shows `short` less than 50, two people give that up, and only then is
 * the transit seen as paid.
 */
async function lateAfterWriteOff(wish: { short?: number; to?: string; had?: number; of?: TestWallet } = {}) {
  const { short = 10, to, had = 50 } = wish;
  const wallet = wish.of ?? (await aFundedWallet(app, { bnb: '1', usdt: `${had}` }));
  await app.sql(`update wallets set status = 'active', pause_reason = null where id = ?`, [wallet.id]);
  const move = await refusedTransit(bench, wallet, { amount: '10', ...(to && { to }) });
  onChain(app, wallet, { usdt: `${had - short}` });
  await observedTwice(app, wallet);
  await agreed(app, await openIncident(app, wallet, 'short_funds'), { decision: 'write_off' });
  onChain(app, wallet, { usdt: `${had + 10 - short}` });
  await carriedOut(bench);
  await seenTwice(bench);
  return { wallet, move, incidentId: await openIncident(app, wallet, 'late_success') };
}

describe('a payment that shows up after what was missing had been written off', () => {
  test('is not booked a second time, and nothing is credited for it', async () => {
    const { wallet, move, incidentId } = await lateAfterWriteOff();
    expect(incidentId).not.toBe('');
    expect((await shown(app, move)).hold).toMatchObject({ reason: 'late_success' });
    expect(await bookings(app, move)).not.toHaveProperty('LATE');
    expect(await walletPurse(app, wallet, USDT)).toBe('40/50/0/0');
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('40/50/0/0');
    expect(await companySide(app, wallet)).toEqual({ loss: '10' });
  });

  test('when two people take it as the withdrawal’s own, ends the loss and not the suspense', async () => {
    const { wallet, move, incidentId } = await lateAfterWriteOff();
    await agreed(app, incidentId, { decision: 'adopt' });
    expect((await shown(app, move)).status).toBe('completed');
    expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
    expect(await companySide(app, wallet)).toEqual({});
  });

  test('when two people give it up, is no second loss', async () => {
    const { wallet, incidentId } = await lateAfterWriteOff();
    await agreed(app, incidentId, { decision: 'write_off' });
    expect(await companySide(app, wallet)).toEqual({ loss: '10' });
  });

  test('when the member is to make it good, is owed and no loss any more', async () => {
    const { wallet, incidentId } = await lateAfterWriteOff();
    await agreed(app, incidentId, { decision: 'receivable' });
    expect(await companySide(app, wallet)).toEqual({ [`receivable:user:${wallet.memberId}`]: '10' });
  });

  test('of which only a part was written off is booked for the rest alone', async () => {
    const { wallet, move, incidentId } = await lateAfterWriteOff({ short: 6 });
    expect(await walletPurse(app, wallet, USDT)).toBe('40/50/0/0');
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('44/54/0/0');
    await agreed(app, incidentId, { decision: 'adopt' });
    expect((await shown(app, move)).status).toBe('completed');
    expect(await walletPurse(app, wallet, USDT)).toBe('44/44/0/0');
    expect(await companySide(app, wallet)).toEqual({});
  });

  test('uses a write-off once: the next late payment of the wallet is booked', async () => {
    const { wallet, move } = await lateAfterWriteOff();
    await app.sql(`update wallets set status = 'active', pause_reason = null where id = ?`, [wallet.id]);
    const second = await refusedTransit(bench, wallet, { amount: '10' });
    await carriedOut(bench);
    await seenTwice(bench);
    expect(await bookings(app, move)).not.toHaveProperty('LATE');
    expect(await bookings(app, second)).toMatchObject({ LATE: 1 });
    expect(await walletPurse(app, wallet, USDT)).toBe('30/50/0/0');
  });

  test('leaves the next one its own write-off', async () => {
    const { wallet } = await lateAfterWriteOff();
    const second = await lateAfterWriteOff({ of: wallet, had: 40 });
    expect(await bookings(app, second.move)).not.toHaveProperty('LATE');
    expect(await walletPurse(app, wallet, USDT)).toBe('30/50/0/0');
  });
});

describe('the same to the company, which has the coins', () => {
  test('when it keeps them, the loss was none', async () => {
    const { wallet, incidentId } = await lateAfterWriteOff({ to: COMPANY });
    expect(await companySide(app, wallet)).toEqual({ loss: '10' });
    await agreed(app, incidentId, { decision: 'keep' });
    expect(await companySide(app, wallet)).toEqual({ company: '10' });
    expect(await walletPurse(app, wallet, USDT)).toBe('40/50/0/0');
  });

  test('when it is the withdrawal’s own, the member is owed them', async () => {
    const { wallet, incidentId } = await lateAfterWriteOff({ to: COMPANY });
    await agreed(app, incidentId, { decision: 'adopt' });
    expect(await companySide(app, wallet)).toEqual({ company: '10', payable: '-10' });
    expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
  });
});

describe('a payment that shows up while what it took is still missing', () => {
  test('explains the shortage, and is booked in its place', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await refusedTransit(bench, wallet, { amount: '10' });
    onChain(app, wallet, { usdt: '40' });
    await observedTwice(app, wallet);
    expect(await openIncident(app, wallet, 'short_funds')).not.toBe('');
    onChain(app, wallet, { usdt: '50' });
    await carriedOut(bench);
    await seenTwice(bench);
    expect(await openIncident(app, wallet, 'short_funds')).toBe('');
    expect(await bookings(app, move)).toMatchObject({ LATE: 1 });
    expect(await walletPurse(app, wallet, USDT)).toBe('40/50/0/0');
    expect(await companySide(app, wallet)).toEqual({ 'suspense:mblock': '10' });
    await agreed(app, await openIncident(app, wallet, 'late_success'), { decision: 'adopt' });
    expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
    expect(await companySide(app, wallet)).toEqual({});
  });
});
