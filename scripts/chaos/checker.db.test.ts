import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { type Asked, approved, asked, submitted } from '#server/testing/withdrawals.ts';
import { withClient } from '../database/index.ts';
import { breachesIn } from './books.ts';
import { findingsIn, stuckIn } from './checker.ts';
import { type Facts, readFacts } from './facts.ts';
import type { Promised } from './load.ts';

let app: TestApplication;
let paid: Asked;
let promised: Promised;
const databaseUrl = () => app.container.config.databaseUrl.reveal();
const facts = (): Promise<Facts> => readFacts(databaseUrl(), app.hashdam.journal());
const findings = async () => findingsIn(await facts(), promised);

/** What only somebody with all rights could do: past every trigger. */
const planted = (text: string, parameters: unknown[] = []) =>
  withClient(databaseUrl(), async (client) => {
    await client.query('set session_replication_role = replica');
    return client.query(text, parameters);
  });

beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

beforeEach(async () => {
  paid = await submitted(app);
  await app.jobs.hurry('payout.look-up');
  const { withdrawals, votes, credits } = await facts();
  promised = {
    credits: new Set(credits),
    requests: new Map(withdrawals.map((each) => [`request-${each.id}`, each])),
    votes: new Set(votes.map(({ withdrawalId, operatorId }) => `${withdrawalId} ${operatorId}`)),
  };
});

test('what is as promised is left alone', async () => {
  expect(await findings()).toEqual([]);
  expect(await breachesIn(databaseUrl())).toEqual([]);
});

test('a payment that was made twice is found', async () => {
  const { url, apiKey } = app.hashdam;
  const order = { method: 'assetWithdrawRequest', coin: paid.asset, amount: paid.amount };
  const headers = { 'content-type': 'application/json', 'x-hashdam-key': apiKey };
  await fetch(url, { method: 'POST', headers, body: JSON.stringify(order) });
  expect(await findings()).toEqual([
    `double: ${paid.amount} ${paid.asset} was paid 2 times, 1 payments are accounted for`,
  ]);
  promised.requests.clear();
  expect(await findings()).toContainEqual(expect.stringMatching(/^double: \d+ withdrawals for 0 requests$/));
});

test('a payment that was never made is found', async () => {
  const known = await facts();
  const journal = known.journal.filter(({ amount }) => amount !== paid.amount);
  const found = findingsIn({ ...known, journal }, promised);
  expect(found).toContainEqual(`lost: ${paid.amount} ${paid.asset} counts as paid 1 times, the vendor did it 0 times`);
  expect(found).toContainEqual(expect.stringMatching(/^lost: attempt \S+ is confirmed by no payment$/));
});

test('a withdrawal, a vote and a credit that were acknowledged and are gone are found', async () => {
  const known = await facts();
  const withdrawals = known.withdrawals.filter(({ id }) => id !== paid.id);
  const votes = known.votes.filter(({ withdrawalId }) => withdrawalId !== paid.id);
  const found = findingsIn({ ...known, withdrawals, votes, credits: [] }, promised);
  expect(found).toContainEqual(`lost: request-${paid.id} was accepted and is gone`);
  expect(found).toContainEqual(`lost: a vote on ${paid.id} is gone`);
  expect(found).toContainEqual(`lost: the credit ${paid.memberId} ${paid.asset} is gone`);
});

test('a leg that does not balance is found', async () => {
  await planted(
    `update ledger_entries set amount = amount + 1 where id = (select min(e.id::text)::uuid from ledger_entries e
       join ledger_transactions t on t.id = e.transaction_id where t.withdrawal_id = $1)`,
    [paid.id],
  );
  const breaches = await breachesIn(databaseUrl());
  expect(breaches).toContainEqual(expect.stringContaining('a transaction that does not sum to zero'));
  expect(breaches).toContainEqual(expect.stringContaining('a kept balance that is not the sum of its entries'));
});

test('a posting and an audit row that are missing are found', async () => {
  await planted(`delete from audit_events where subject_id = $1 and action = 'payout.dispatched'`, [paid.id]);
  const found = await findings();
  expect(found).toContainEqual(`audit: ${paid.id} is booked DISPATCH,HOLD,SETTLE, its rows say HOLD,SETTLE`);
  await planted(`delete from audit_events where subject_id = $1 and action = 'payout.accepted'`, [paid.id]);
  expect(await findings()).toContainEqual(`audit: the rows of ${paid.id} do not lead to completed`);
});

test('what neither ended nor waits for people is stuck, unless it waits behind an equal payment of unknown outcome', async () => {
  const waiting = await approved(app, { amount: '0.07' });
  expect(await findings()).toContainEqual(`stuck: ${waiting.id} is approved`);
  const second = await asked(app, { amount: '0.07' });
  await planted(`update withdrawals set wait_reason = 'same_amount' where id = $1`, [waiting.id]);
  await planted(`update withdrawals set status = 'manual-review' where id = $1`, [second.id]);
  expect(await findings()).toContainEqual(`stuck: ${second.id} waits for people, and nobody was told`);
  expect(await findings()).not.toContainEqual(expect.stringMatching(`stuck: ${waiting.id}`));
});

test('a payment out of a wallet may wait for people behind another one of it, or because the wallet is paused', () => {
  const waiting = { id: 'w2', kind: 'wallet_transfer', asset: 'BSC:BNB', amount: '1', status: 'approved' };
  const first = { ...waiting, id: 'w1', status: 'manual-review', wait: null, walletId: 'a' };
  const behind = { ...waiting, wait: 'wallet_busy', walletId: 'a' };
  const paused = { ...waiting, wait: 'wallet_paused', walletId: 'b' };
  expect(stuckIn({ withdrawals: [first, behind, paused], pausedWallets: ['b'] })).toEqual([]);
  const elsewhere = { ...behind, walletId: 'c' };
  expect(stuckIn({ withdrawals: [first, elsewhere, paused], pausedWallets: [] })).toEqual([elsewhere, paused]);
});
