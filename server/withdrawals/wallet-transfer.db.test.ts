import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import {
  aFundedWallet,
  aWalletWith,
  BNB,
  onChain,
  STRANGER,
  sentMove,
  timePasses,
  USDT,
  walletPurse,
} from '#server/testing/wallet-payouts.ts';
import { bookings, operatorOf, platformOf, refusal, shown, whateverMayCome } from '#server/testing/withdrawals.ts';

const COMPANY = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ environment: { COMPANY_ADDRESSES: COMPANY.toLowerCase() } });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const look = () => app.jobs.hurry('payout.look-up');

describe('scenario 30: a transfer of a token', () => {
  test('is completed once its receipt was read twice, 10 s apart, and its gas is booked with it', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await sentMove(app, wallet, { amount: '10' });
    expect(await shown(app, move)).toMatchObject({
      kind: 'wallet_transfer',
      memberId: wallet.memberId,
      status: 'submitted',
      legs: [{ from: 'wallet', to: 'recipient', status: 'moving' }],
    });
    expect(await walletPurse(app, wallet, USDT)).toBe('50/40/0/10');
    await look();
    await look();
    expect((await shown(app, move)).status).toBe('submitted');
    await timePasses(app, 10);
    await look();
    expect(await shown(app, move)).toMatchObject({
      status: 'completed',
      attempts: [{ status: 'confirmed' }],
      legs: [{ status: 'done', reference: expect.stringMatching(/^0x/) }],
    });
    expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
    expect(await walletPurse(app, wallet, BNB)).toBe('0.999937/0.999937/0/0');
    expect(await bookings(app, move)).toEqual({ DISPATCH: 1, GAS: 1, HOLD: 1, SETTLE: 1 });
    await whateverMayCome(app);
    expect(app.mblock.journal().filter(({ method }) => method === 'transferByWalletKey')).toHaveLength(1);
  });

  test('to the company: the member is still owed what left the wallet', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '5' });
    const move = await sentMove(app, wallet, { amount: '5', to: COMPANY });
    await look();
    await timePasses(app, 10);
    await look();
    const { status, destination } = await shown(app, move);
    expect({ status, destination }).toEqual({
      status: 'completed',
      destination: { address: COMPANY, type: 'company' },
    });
    const { caller } = await platformOf(app);
    expect(await caller.ledger.balances({ memberId: wallet.memberId })).toMatchObject([{ asset: USDT, payable: '5' }]);
  });

  test('a receipt that is not there yet proves nothing; after 30 minutes people look, and it may still be proven', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '5' });
    const move = await sentMove(app, wallet, { amount: '5' });
    const txid = (await shown(app, move)).attempts[0]?.reference ?? '';
    app.mblock.control.hideReceipt({ txid });
    await look();
    expect((await shown(app, move)).status).toBe('submitted');
    await timePasses(app, 1_800);
    await look();
    expect(await shown(app, move)).toMatchObject({ status: 'manual-review', attempts: [{ reference: txid }] });
    app.mblock.control.hideReceipt({ txid, hidden: false });
    await look();
    await timePasses(app, 10);
    await look();
    expect((await shown(app, move)).status).toBe('completed');
  });
});

describe('scenario 42: the chain shows another amount than was sent', () => {
  test('nothing moves, an incident is open, and it is neither failed nor sent again', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const first = await sentMove(app, wallet, { amount: '10' });
    // The name it goes by is another payment's.
    const other = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    app.mblock.control.fault({ method: 'transferByWalletKey', fault: 'no_reference' });
    const second = await sentMove(app, other, { amount: '9.9' });
    const [foreign] = app.mblock.journal().filter(({ amount }) => amount === '9.9');
    await app.sql('update payout_attempts set reference = ? where withdrawal_id = ?', [foreign?.reference, first.id]);
    await look();
    expect(await shown(app, first)).toMatchObject({
      status: 'manual-review',
      attempts: [{ error: 'receipt_mismatch' }],
    });
    const incidents = await app.sql('select kind from incidents where withdrawal_id = ? and closed_at is null', [
      first.id,
    ]);
    expect(incidents).toEqual([{ kind: 'receipt_mismatch' }]);
    await timePasses(app, 10);
    await whateverMayCome(app);
    expect((await shown(app, first)).status).toBe('manual-review');
    expect((await shown(app, second)).status).toBe('manual-review');
    expect(await walletPurse(app, wallet, USDT)).toBe('50/40/0/10');
  });
});

describe('scenario 33: the chain took it and did not name it', () => {
  test('the outcome is unknown, the wallet stays taken, and nothing is sent again', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    app.mblock.control.fault({
      method: 'transferByWalletKey',
      fault: 'rejected',
      message: 'Request Time out, Transaction receipt not found.',
    });
    const move = await sentMove(app, wallet, { amount: '7.5' });
    expect((await shown(app, move)).status).toBe('manual-review');
    await timePasses(app, 7_200);
    await whateverMayCome(app);
    expect((await shown(app, move)).status).toBe('manual-review');
    expect(await walletPurse(app, wallet, USDT)).toBe('50/42.5/0/7.5');
    const next = await sentMove(app, wallet, { amount: '1' });
    expect(await shown(app, next)).toMatchObject({ status: 'approved', waitReason: 'wallet_busy', attempts: [] });
  });

  test('what the wallet holds is read at the very next look, for people to decide by', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    app.mblock.control.fault({ method: 'transferByWalletKey', fault: 'drop_after' });
    const move = await sentMove(app, wallet, { amount: '7.5' });
    await look();
    const [seen] = await app.sql<{ held: string }>(
      `select b->>'amount' as held from payout_evidence e join payout_attempts a on a.id = e.attempt_id,
         jsonb_array_elements(e.body->'balances') b
       where a.withdrawal_id = ? and e.kind = 'balance' and b->>'asset' = ?`,
      [move.id, USDT],
    );
    expect(seen).toEqual({ held: '42.5' });
  });
});

describe('scenario 34: BNB itself, which leaves no receipt', () => {
  test('is proven by a balance that fell by the amount and a plausible gas, the same twice', async () => {
    const wallet = await aFundedWallet(app, { bnb: '3' });
    const move = await sentMove(app, wallet, { amount: '2', asset: BNB });
    await look();
    expect((await shown(app, move)).status).toBe('submitted');
    await timePasses(app, 10);
    await look();
    expect((await shown(app, move)).status).toBe('completed');
    expect(await walletPurse(app, wallet, BNB)).toBe('0.999937/0.999937/0/0');
  });

  test('scenario 45: the reply is lost and a deposit hides the outflow: nothing moves, only people and a document decide', async () => {
    const wallet = await aFundedWallet(app, { bnb: '3.5' });
    app.mblock.control.fault({ method: 'transferByWalletKey', fault: 'drop_after' });
    const move = await sentMove(app, wallet, { amount: '3', asset: BNB });
    onChain(app, wallet, { bnb: '4.499937' });
    await look();
    await timePasses(app, 3_600);
    await whateverMayCome(app);
    expect((await shown(app, move)).status).toBe('manual-review');
    expect(await walletPurse(app, wallet, BNB)).toMatch(/\/3\/0$|\/3$/);
    const { caller } = await operatorOf(app);
    const sheet = await caller.withdrawals.evidence({ id: move.id });
    const unmet = sheet.attempts
      .at(-1)
      ?.quietPeriod?.conditions.filter(({ met }) => !met)
      .map(({ name }) => name);
    expect(unmet).toContain('document_attached');
    expect(app.mblock.journal().filter(({ amount }) => amount === '3')).toHaveLength(1);
  });

  test('a deposit in between proves nothing either way: people look', async () => {
    const wallet = await aFundedWallet(app, { bnb: '3' });
    const move = await sentMove(app, wallet, { amount: '2', asset: BNB });
    onChain(app, wallet, { bnb: '4.999937' });
    await look();
    await timePasses(app, 10);
    await look();
    expect((await shown(app, move)).status).toBe('submitted');
    await timePasses(app, 1_800);
    await look();
    expect((await shown(app, move)).status).toBe('manual-review');
  });
});

describe('a request', () => {
  test.each([
    ['a wrong checksum', { to: STRANGER.replace('E', 'e') }, 'address.invalid'],
    ['more decimals than the token has', { amount: '0.0000000000000000001' }, 'untyped'],
    ['more than the books have', { amount: '50.1' }, 'ledger.insufficient_funds'],
    ['a coin of the pool', { asset: 'LTC' }, 'asset.unknown'],
  ])('with %s is refused', async (_, change, code) => {
    const { id: walletId } = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const { caller } = await platformOf(app);
    const order = { walletId, to: STRANGER, amount: '1', asset: USDT, idempotencyKey: newId(), ...change };
    expect(await refusal(caller.wallets.transfer(order))).toContain(code);
  });

  test('for coins that are on chain and not in the books yet is refused for now', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    onChain(app, wallet, { usdt: '60' });
    const { caller } = await platformOf(app);
    const order = { walletId: wallet.id, to: STRANGER, amount: '55', asset: USDT, idempotencyKey: newId() };
    expect(await refusal(caller.wallets.transfer(order))).toBe('wallet.balance_unconfirmed');
  });

  test('from a wallet that holds less than the books say is refused', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    onChain(app, wallet, { usdt: '49' });
    const { caller } = await platformOf(app);
    const order = { walletId: wallet.id, to: STRANGER, amount: '1', asset: USDT, idempotencyKey: newId() };
    expect(await refusal(caller.wallets.transfer(order))).toBe('wallet.balance_unconfirmed');
  });

  test('is refused while the chain cannot be read, but a repeated one is answered as it was', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const { caller } = await platformOf(app);
    const order = { walletId: wallet.id, to: STRANGER, amount: '1', asset: USDT, idempotencyKey: newId() };
    const first = await caller.wallets.transfer(order);
    app.mblock.control.fault({ method: 'balanceOf', fault: 'drop_before' });
    expect(await caller.wallets.transfer(order)).toEqual(first);
    expect(await refusal(caller.wallets.transfer({ ...order, amount: '2' }))).toBe('idempotency.conflict');
    expect(await refusal(caller.wallets.transfer({ ...order, idempotencyKey: newId() }))).toBe('provider.unreachable');
  });

  test('while something moves out of the wallet stands on the books alone', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    await sentMove(app, wallet, { amount: '10' });
    const { caller } = await platformOf(app);
    const order = { walletId: wallet.id, to: STRANGER, asset: USDT };
    expect(await refusal(caller.wallets.transfer({ ...order, amount: '41', idempotencyKey: newId() }))).toBe(
      'ledger.insufficient_funds',
    );
    expect(await caller.wallets.transfer({ ...order, amount: '40', idempotencyKey: newId() })).toMatchObject({
      status: 'pending',
      walletId: wallet.id,
    });
  });

  test('of a transit without an amount takes all that is free, and that amount is what is approved', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const { caller } = await platformOf(app);
    const order = { walletId: wallet.id, to: STRANGER, asset: USDT, idempotencyKey: newId() };
    expect(await caller.wallets.transit(order)).toMatchObject({ kind: 'wallet_transit', amount: '50' });
    expect(await walletPurse(app, wallet, USDT)).toBe('50/0/50/0');
  });

  test('of a transit of BNB is refused: it leaves no receipt, and its gas hides what it moved', async () => {
    const wallet = await aFundedWallet(app, { bnb: '5' });
    const { caller } = await platformOf(app);
    const order = { walletId: wallet.id, to: STRANGER, amount: '1', asset: BNB, idempotencyKey: newId() };
    expect(await refusal(caller.wallets.transit(order))).toBe('input.invalid');
    expect(await walletPurse(app, wallet, BNB)).toBe('5/5/0/0');
    expect(await caller.wallets.transfer(order)).toMatchObject({ kind: 'wallet_transfer' });
  });

  test('for a frozen wallet is refused', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const { caller: finance } = await operatorOf(app);
    await finance.system.freeze({ scope: 'wallet', target: wallet.id, reason: 'a check' });
    const { caller } = await platformOf(app);
    const order = { walletId: wallet.id, to: STRANGER, amount: '1', asset: USDT, idempotencyKey: newId() };
    expect(await refusal(caller.wallets.transfer(order))).toBe('system.frozen');
  });
});

describe('a token of the chain', () => {
  test('is registered once, under its checksummed contract, with an audit row; never differently', async () => {
    await aWalletWith(app);
    const { caller } = await operatorOf(app, 'admin');
    const token = { symbol: 'USDT', contract: USDT.slice(4).toLowerCase(), scale: 18 };
    expect(await caller.assets.register(token)).toMatchObject({ asset: USDT, chain: 'bsc', enabled: true });
    expect(await refusal(caller.assets.register({ ...token, scale: 6 }))).toBe('asset.exists');
    const rows = await app.sql("select subject_id from audit_events where action = 'asset.registered'");
    expect(rows).toEqual([{ subject_id: USDT }]);
  });
});

test('the key of a wallet that something is moving out of is not changed', async () => {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '5' });
  await sentMove(app, wallet, { amount: '5' });
  const { caller } = await operatorOf(app, 'admin');
  const call = { walletId: wallet.id, acceptBalance: true, note: 'yearly change' };
  expect(await refusal(caller.wallets.rotateKey(call))).toBe('wallet.busy');
});
