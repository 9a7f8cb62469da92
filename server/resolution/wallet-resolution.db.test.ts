import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import {
  aFundedWallet,
  approvedMove,
  sentMove,
  timePasses,
  USDT,
  walletPurse,
} from '#server/testing/wallet-payouts.ts';
import { documented, operatorOf, refusal, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const finance = async (name = 'first') => (await operatorOf(app, 'finance', name)).caller.withdrawals;

/** A transfer whose answer proves nothing; with its attempt, and the hash that the chain has for it, if it ran. */
async function unknownMove(executes: boolean, amount: string) {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  app.mblock.control.fault({ method: 'transferByWalletKey', fault: executes ? 'drop_after' : 'drop_before' });
  const before = app.mblock.journal().length;
  const move = await sentMove(app, wallet, { amount });
  const txid = app.mblock.journal().slice(before).at(-1)?.reference ?? '';
  return { wallet, id: move.id, attemptId: (await shown(app, move)).attempts[0]?.id ?? '', txid };
}

const paid = (of: { id: string; txid: string }, evidence: string[] = []) => ({
  ...{ id: of.id, outcome: 'paid' as const, reference: of.txid, evidence },
  note: 'seen by an explorer',
});

test('a transfer is settled as paid when the chain shows its very receipt, which is kept', async () => {
  const of = await unknownMove(true, '7');
  await (await finance()).resolve(paid(of));
  expect((await (await finance('second')).resolve(paid(of))).withdrawal.status).toBe('completed');
  expect(await walletPurse(app, of.wallet, USDT)).toBe('43/43/0/0');
  const kept = await app.sql(
    `select body->>'txid' as txid from payout_evidence where attempt_id = ? and kind = 'receipt'`,
    [of.attemptId],
  );
  expect(kept).toEqual([{ txid: of.txid }]);
});

test('however two people spell its hash, it is the same payment', async () => {
  const of = await unknownMove(true, '7.5');
  await (await finance()).resolve(paid({ ...of, txid: of.txid.slice(2).toUpperCase() }));
  expect((await (await finance('second')).resolve(paid(of))).withdrawal.status).toBe('completed');
  const kept = await app.sql('select reference from payout_attempts where id = ?', [of.attemptId]);
  expect(kept).toEqual([{ reference: of.txid }]);
});

test('a hash that the chain does not know is no payment, whatever document is named', async () => {
  const of = await unknownMove(false, '8');
  const evidence = [await documented(app, of)];
  const call = paid({ ...of, txid: `0x${'ab'.repeat(32)}` }, evidence);
  expect(await refusal((await finance()).resolve(call))).toBe('withdrawal.receipt_unfit');
});

test('the receipt of another transfer is not this one’s', async () => {
  const [one, other] = [await unknownMove(true, '9'), await unknownMove(false, '9.5')];
  expect(await refusal((await finance()).resolve(paid({ ...other, txid: one.txid })))).toBe('withdrawal.receipt_unfit');
});

/** Six hours later, with a balance read since; the document that people name is found, and its sender has gone. */
async function notPaidAfter(of: { id: string; attemptId: string }) {
  const evidence = [await documented(app, of)];
  await timePasses(app, 7 * 3_600);
  await (await finance()).recheck({ id: of.id });
  await app.jobs.drain('payout.look-up');
  await app.sql(`insert into workers (name, host, process_id, started_at, seen_at, gone_at)
    select distinct worker, 'h', 1, now(), now(), now() from payout_attempts on conflict do nothing`);
  return { id: of.id, outcome: 'not_paid' as const, evidence, note: 'the explorer shows that it was reverted' };
}

test('the gas of a transfer that failed on the chain bars nobody; coins that are gone do', async () => {
  const of = await unknownMove(false, '5');
  const [wallet] = await app.sql<{ address: string }>('select address from wallets where id = ?', [of.wallet.id]);
  const address = wallet?.address ?? '';
  app.mblock.control.setBalance({ address, contract: null, amount: '0.997' });
  expect(await refusal((await finance()).resolve(await notPaidAfter(of)))).toBe('withdrawal.quiet_period');
  const other = await unknownMove(false, '5');
  const [spent] = await app.sql<{ address: string }>('select address from wallets where id = ?', [other.wallet.id]);
  app.mblock.control.setBalance({ address: spent?.address ?? '', contract: null, amount: '0.9995' });
  const call = await notPaidAfter(other);
  await (await finance()).resolve(call);
  expect((await (await finance('second')).resolve(call)).withdrawal.status).toBe('failed');
  expect(await walletPurse(app, other.wallet, USDT)).toBe('50/50/0/0');
});

test('not paid needs six hours, a balance read after them and a document that both name; then the wallet is free', async () => {
  const of = await unknownMove(false, '6');
  const evidence = [await documented(app, of)];
  const call = { id: of.id, outcome: 'not_paid' as const, evidence, note: 'its nonce is unchanged' };
  expect(await refusal((await finance()).resolve(call))).toBe('withdrawal.quiet_period');
  await timePasses(app, 7 * 3_600);
  await (await finance()).recheck({ id: of.id });
  await app.jobs.drain('payout.look-up');
  expect(await refusal((await finance()).resolve({ ...call, evidence: [] }))).toBe('withdrawal.quiet_period');
  await app.sql(`insert into workers (name, host, process_id, started_at, seen_at, gone_at)
    select distinct worker, 'h', 1, now(), now(), now() from payout_attempts on conflict do nothing`);
  await (await finance()).resolve(call);
  expect((await (await finance('second')).resolve(call)).withdrawal.status).toBe('failed');
  expect(await walletPurse(app, of.wallet, USDT)).toBe('50/50/0/0');
  await approvedMove(app, of.wallet, { amount: '1' });
});
