import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  aHash,
  carriedOut,
  inTransit,
  look,
  posted,
  report,
  seenTwice,
  type Transit,
  type TransitBench,
  tokenOf,
  transitBench,
} from '#server/testing/transits.ts';
import { aFundedWallet } from '#server/testing/wallet-payouts.ts';
import { operatorOf, shown } from '#server/testing/withdrawals.ts';

let bench: TransitBench;
let app: TransitBench['app'];
beforeAll(async () => {
  bench = await transitBench();
  app = bench.app;
});
afterAll(() => bench.close());

const aTransit = async () => inTransit(bench, await aFundedWallet(app, { bnb: '1', usdt: '50' }), { amount: '7' });

/** What the evidence sheet shows of what was posted about it. */
async function callbacksOf({ id }: Transit, role: 'finance' | 'support' = 'finance') {
  const { caller } = await operatorOf(app, role);
  return (await caller.withdrawals.evidence({ id })).attempts[0]?.callbacks ?? [];
}

test('nothing has come: nothing is shown', async () => {
  expect(await callbacksOf(await aTransit())).toEqual([]);
});

test('every body is shown as it came, with its time, its size and what it counts for', async () => {
  const other = await aTransit();
  await carriedOut(bench);
  await seenTwice(bench);
  const foreign = (await shown(app, other)).attempts[0]?.reference;
  const move = await aTransit();
  const token = await tokenOf(bench, move);
  const bodies = [
    'no report at all é',
    JSON.stringify({ result: true, token: 'another', txidToken: aHash() }),
    JSON.stringify({ result: true, token, txidToken: foreign }),
    JSON.stringify({ result: true, token, txidToken: aHash() }),
    JSON.stringify({ result: false, token, message: 'Not enough balance' }),
    JSON.stringify({ result: false, token, message: 'never heard of' }),
  ];
  for (const body of bodies) await posted(bench, move.secret, body);
  await look(bench);
  expect((await shown(app, move)).status).toBe('manual-review');
  const rows = await callbacksOf(move);
  expect(rows.map(({ body }) => body)).toEqual(bodies);
  expect(rows.map(({ bytes }) => bytes)).toEqual(bodies.map((body) => Buffer.byteLength(body)));
  expect(rows.map(({ word }) => word)).toEqual([
    'unreadable',
    'other_token',
    'reference_used',
    'looked_up',
    'nothing_ran',
    'inconclusive',
  ]);
  const kept = await app.sql<{ received_at: Date }>(
    `select received_at from wallet_callbacks c join payout_attempts a on a.id = c.attempt_id
     where a.withdrawal_id = ? order by received_at`,
    [move.id],
  );
  expect(rows.map(({ at }) => at)).toEqual(kept.map(({ received_at }) => new Date(received_at).toISOString()));
});

test('of a payment that was proven, the one that named it, and the one that was not needed', async () => {
  const move = await aTransit();
  await report(bench, move.secret, { result: true, token: await tokenOf(bench, move), txidToken: aHash() });
  await carriedOut(bench);
  await seenTwice(bench);
  expect((await callbacksOf(move)).map(({ word }) => word)).toEqual(['passed_over', 'proven']);
});

test('a secret in it is hidden, and so is the address that it was posted to', async () => {
  const move = await aTransit();
  const walletKey = 'a-wallet-key-of-theirs';
  const at = `https://x.example/api/callbacks/mblock/${move.secret}`;
  await report(bench, move.secret, { walletKey, url: at, encoded: encodeURIComponent(at), like: 'A'.repeat(43) });
  const [row] = await callbacksOf(move);
  expect(row?.body).not.toContain(walletKey);
  expect(row?.body).not.toContain(move.secret);
  expect(row?.body.match(/\[hidden\]/g)).toHaveLength(3);
  expect(row?.body).toContain('A'.repeat(43));
});

test('support sees an address in it without its middle', async () => {
  const move = await aTransit();
  const address = `0x${'aB3'.repeat(13)}f`;
  await report(bench, move.secret, { to: address });
  expect((await callbacksOf(move))[0]?.body).toContain(address);
  const [row] = await callbacksOf(move, 'support');
  expect(row?.body).not.toContain(address.slice(6, -6));
});
