import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import type { TestApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { agreed } from '#server/testing/decisions.ts';
import {
  carriedOut,
  look,
  refusedTransit,
  seenTwice,
  type TransitBench,
  transitBench,
} from '#server/testing/transits.ts';
import { companySide, observe, observedTwice, openIncident } from '#server/testing/wallet-looks.ts';
import {
  aFundedWallet,
  onChain,
  sentMove,
  type TestWallet,
  timePasses,
  USDT,
  walletPurse,
} from '#server/testing/wallet-payouts.ts';
import { shown } from '#server/testing/withdrawals.ts';

let bench: TransitBench;
let app: TestApplication;
beforeAll(async () => {
  bench = await transitBench();
  app = bench.app;
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await bench.close();
});

const reversed = (wallet: TestWallet) => openIncident(app, wallet, 'provider_reversed');
const minutes = (count: number) => timePasses(app, count * 60);
const txidOf = async (move: { id: string }) => (await shown(app, move)).attempts[0]?.reference ?? '';

/** A transfer of 10 out of 50 that the chain has shown twice. */
async function completed() {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  const move = await sentMove(app, wallet, { amount: '10' });
  await seenTwice(bench);
  expect((await shown(app, move)).status).toBe('completed');
  return { wallet, move, txid: await txidOf(move) };
}

/** The chain has not shown it for ten minutes. */
async function gone(txid: string) {
  app.mblock.control.hideReceipt({ txid });
  await minutes(10);
  await look(bench);
  await minutes(10);
  await look(bench);
}

describe('a payment out of a wallet that falls out of the chain', () => {
  test('is gone when it is not shown for ten minutes: an incident, the wallet is paused, and nothing is booked', async () => {
    const { wallet, move, txid } = await completed();
    app.mblock.control.hideReceipt({ txid });
    await minutes(10);
    await look(bench);
    await minutes(9);
    await look(bench);
    expect(await reversed(wallet)).toBe('');
    await minutes(1);
    await look(bench);
    expect(await reversed(wallet)).not.toBe('');
    expect((await shown(app, move)).status).toBe('completed');
    expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
    const [row] = await app.sql('select status, pause_reason from wallets where id = ?', [wallet.id]);
    expect(row).toEqual({ status: 'paused', pause_reason: 'provider_reversed' });
  });

  test('is not gone by a look that was begun too soon, however long it took', async () => {
    const { wallet, move, txid } = await completed();
    app.mblock.control.hideReceipt({ txid });
    await minutes(10);
    await look(bench);
    const { sessions } = app.container;
    const attemptId = (await shown(app, move)).attempts[0]?.id ?? '';
    const reading = await sessions.withoutTransaction(({ walletLookUps }) => walletLookUps.read(attemptId));
    if (!reading) throw new Error('there was nothing to read');
    await app.sql(
      `update payout_attempts set failed_seen_at = clock_timestamp() - interval '10 minutes' where id = ?`,
      [attemptId],
    );
    await sessions.inTransaction(({ walletLookUps }) => walletLookUps.take(attemptId, reading, WORKER));
    expect(await reversed(wallet)).toBe('');
    await look(bench);
    expect(await reversed(wallet)).not.toBe('');
  });

  test('is looked for by a job that is sent again when it is lost', async () => {
    const { wallet, txid } = await completed();
    await app.sql(`update pgboss.job set state = 'failed' where name = 'payout.look-up' and state < 'completed'`);
    app.mblock.control.hideReceipt({ txid });
    await minutes(10);
    const rearmed = () => app.container.sessions.inTransaction(({ lostJobs }) => lostJobs.rearm());
    expect([(await rearmed()) > 0, await rearmed()]).toEqual([true, 0]);
    await look(bench);
    await minutes(10);
    await look(bench);
    expect(await reversed(wallet)).not.toBe('');
  });

  test('is still there when it was only not shown for a while', async () => {
    const { wallet, txid } = await completed();
    app.mblock.control.hideReceipt({ txid });
    await minutes(10);
    await look(bench);
    app.mblock.control.hideReceipt({ txid, hidden: false });
    await minutes(5);
    await look(bench);
    app.mblock.control.hideReceipt({ txid });
    await minutes(60);
    await look(bench);
    expect(await reversed(wallet)).toBe('');
  });

  test('brings its coins back once: by what two people say, and not as a deposit', async () => {
    const { wallet, move, txid } = await completed();
    await gone(txid);
    onChain(app, wallet, { usdt: '50' });
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
    await agreed(app, await reversed(wallet), { decision: 'unsettle', coinsBack: true });
    expect((await shown(app, move)).status).toBe('failed');
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('50/50/0/0');
    expect(await openIncident(app, wallet, 'short_funds')).toBe('');
  });

  test('is looked for before coins that could be its own are taken for a deposit', async () => {
    const { wallet, txid } = await completed();
    app.mblock.control.hideReceipt({ txid });
    onChain(app, wallet, { usdt: '50' });
    await observedTwice(app, wallet);
    await app.jobs.drain('payout.look-up');
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
    await minutes(10);
    await look(bench);
    await observedTwice(app, wallet);
    expect(await reversed(wallet)).not.toBe('');
    expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
  });

  test('and a deposit is booked as soon as it was seen that the payment is still there', async () => {
    const { wallet } = await completed();
    onChain(app, wallet, { usdt: '60' });
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
    await app.jobs.drain('payout.look-up');
    await observe(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('60/60/0/0');
  });
});

describe('a late payment whose loss had been written off, and that falls out of the chain', () => {
  async function lateAfterWriteOff() {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await refusedTransit(bench, wallet, { amount: '10' });
    onChain(app, wallet, { usdt: '40' });
    await observedTwice(app, wallet);
    await agreed(app, await openIncident(app, wallet, 'short_funds'), { decision: 'write_off' });
    onChain(app, wallet, { usdt: '50' });
    await carriedOut(bench);
    await seenTwice(bench);
    return { wallet, txid: await txidOf(move) };
  }

  test.each(['adopt', 'write_off', 'receivable', null] as const)('is no loss any more, after %s', async (decision) => {
    const { wallet, txid } = await lateAfterWriteOff();
    const incident = await openIncident(app, wallet, 'late_success');
    if (decision) await agreed(app, incident, { decision });
    await gone(txid);
    await agreed(app, await reversed(wallet), { decision: 'unsettle', coinsBack: true });
    expect(await walletPurse(app, wallet, USDT)).toBe('50/50/0/0');
    expect(await companySide(app, wallet)).toEqual({});
  });
});

describe('a late payment that falls out of the chain', () => {
  async function late() {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await refusedTransit(bench, wallet, { amount: '10' });
    await carriedOut(bench);
    await seenTwice(bench);
    expect(await walletPurse(app, wallet, USDT)).toBe('40/50/0/0');
    return { wallet, move, txid: await txidOf(move) };
  }

  test('leaves the books as they were, and what it meant need not be decided any more', async () => {
    const { wallet, move, txid } = await late();
    await gone(txid);
    await agreed(app, await reversed(wallet), { decision: 'unsettle', coinsBack: true });
    expect(await shown(app, move)).toMatchObject({ status: 'failed', hold: null });
    expect(await openIncident(app, wallet, 'late_success')).toBe('');
    expect(await walletPurse(app, wallet, USDT)).toBe('50/50/0/0');
    expect(await companySide(app, wallet)).toEqual({});
  });

  test('gives the member back what two people had taken as the withdrawal’s own', async () => {
    const { wallet, move, txid } = await late();
    await agreed(app, await openIncident(app, wallet, 'late_success'), { decision: 'adopt' });
    await gone(txid);
    await agreed(app, await reversed(wallet), { decision: 'unsettle', coinsBack: true });
    expect((await shown(app, move)).status).toBe('failed');
    expect(await walletPurse(app, wallet, USDT)).toBe('50/50/0/0');
    expect(await companySide(app, wallet)).toEqual({});
  });

  test.each(['write_off', 'receivable'] as const)('ends what came of it by %s', async (decision) => {
    const { wallet, txid } = await late();
    await agreed(app, await openIncident(app, wallet, 'late_success'), { decision });
    await gone(txid);
    await agreed(app, await reversed(wallet), { decision: 'unsettle', coinsBack: true });
    expect(await walletPurse(app, wallet, USDT)).toBe('50/50/0/0');
    expect(await companySide(app, wallet)).toEqual({});
  });
});
