import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { agreed } from '#server/testing/decisions.ts';
import {
  aHash,
  carriedOut,
  inTransit,
  look,
  report,
  seenTwice,
  type Transit,
  type TransitBench,
  tokenOf,
  transitBench,
} from '#server/testing/transits.ts';
import {
  aFundedWallet,
  sentMove,
  type TestWallet,
  timePasses,
  USDT,
  walletPurse,
} from '#server/testing/wallet-payouts.ts';
import { documented, operatorOf, shown } from '#server/testing/withdrawals.ts';

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

const incidents = ({ id }: { id: string }) =>
  app.sql<{ id: string; kind: string; open: boolean }>(
    'select id, kind, closed_at is null as open from incidents where withdrawal_id = ? order by opened_at, id',
    [id],
  );
const kinds = async (move: { id: string }) => (await incidents(move)).map(({ kind, open }) => `${kind} ${open}`);

async function allClosed(move: { id: string }) {
  for (const { id, open } of await incidents(move)) if (open) await agreed(app, id, { decision: 'close' });
}

const says = async (move: Transit, txidToken: string | undefined, more: object = {}) =>
  report(bench, move.secret, { result: true, token: await tokenOf(bench, move), txidFee: null, txidToken, ...more });

/** The name of a payment that is another one of ours. */
async function paidElsewhere(): Promise<string> {
  const paid = await inTransit(bench, await aFundedWallet(app, { bnb: '1', usdt: '50' }));
  await carriedOut(bench);
  await seenTwice(bench);
  return (await shown(app, paid)).attempts[0]?.reference ?? '';
}

/** A transfer that nobody could name, of which two people said that it was not paid. */
async function closedByPeople(wallet: TestWallet, amount: string) {
  app.mblock.control.fault({ method: 'transitByWalletKey', fault: 'drop_before' });
  const { id } = await sentMove(app, wallet, { kind: 'transit', amount });
  const attemptId = (await shown(app, { id })).attempts[0]?.id ?? '';
  const evidence = [await documented(app, { id, attemptId })];
  await timePasses(app, 8 * 3_600);
  const [first, second] = [await operatorOf(app), await operatorOf(app, 'finance', 'second')];
  await first.caller.withdrawals.recheck({ id });
  await app.jobs.drain('payout.look-up');
  await app.sql(`insert into workers (name, host, process_id, started_at, seen_at, gone_at)
    select distinct worker, 'h', 1, now(), now(), now() from payout_attempts on conflict do nothing`);
  const call = { id, outcome: 'not_paid' as const, evidence, note: 'its nonce is unchanged' };
  await first.caller.withdrawals.resolve(call);
  await second.caller.withdrawals.resolve(call);
}

describe('what people have looked at and closed', () => {
  test('is not brought up again: a name that is another payment’s', async () => {
    const [one, other] = [await paidElsewhere(), await paidElsewhere()];
    const move = await inTransit(bench, await aFundedWallet(app, { bnb: '1', usdt: '50' }));
    await says(move, one);
    await seenTwice(bench);
    expect(await kinds(move)).toEqual(['reference_used true']);
    await allClosed(move);
    await seenTwice(bench);
    expect(await kinds(move)).toEqual(['reference_used false']);
    await says(move, other);
    await seenTwice(bench);
    expect(await kinds(move)).toEqual(['reference_used false', 'reference_used true']);
  });

  test('is not brought up again: the receipt of a stranger’s payment', async () => {
    const stranger = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    app.mblock.control.fault({ method: 'transferByWalletKey', fault: 'no_reference' });
    await sentMove(app, stranger, { amount: '8.5' });
    const move = await inTransit(bench, await aFundedWallet(app, { bnb: '1', usdt: '50' }), { amount: '8.5' });
    await says(move, app.mblock.journal().find(({ amount }) => amount === '8.5')?.reference);
    await look(bench);
    expect(await kinds(move)).toEqual(['receipt_mismatch true']);
    await allClosed(move);
    await seenTwice(bench);
    expect(await kinds(move)).toEqual(['receipt_mismatch false']);
  });

  test('is not brought up again: the proof of a payment that people may have closed before', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    await closedByPeople(wallet, '4');
    const move = await inTransit(bench, wallet, { amount: '4' });
    await carriedOut(bench);
    await seenTwice(bench);
    expect(await shown(app, move)).toMatchObject({
      status: 'manual-review',
      attempts: [{ error: 'closed_without_proof' }],
    });
    expect(await kinds(move)).toEqual(['closed_without_proof true']);
    await allClosed(move);
    await seenTwice(bench);
    expect(await kinds(move)).toEqual(['closed_without_proof false']);
    expect(await walletPurse(app, wallet, USDT)).toBe('50/46/0/4');
  });
});

describe('what callbacks say of a payment that is proven', () => {
  test('is told as often as it is said differently, and not again when it has been closed', async () => {
    const move = await inTransit(bench, await aFundedWallet(app, { bnb: '1', usdt: '50' }));
    await carriedOut(bench);
    await seenTwice(bench);
    await says(move, undefined, { result: false, message: 'Not enough balance' });
    await says(move, aHash());
    await look(bench);
    expect(await kinds(move)).toEqual(['callback_contradicts true', 'callback_contradicts true']);
    await allClosed(move);
    await says(move, undefined, { result: false, message: 'Not enough balance ' });
    await look(bench);
    expect(await kinds(move)).toEqual(['callback_contradicts false', 'callback_contradicts false']);
  });
});
