import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { alarmsOf, expectBooksBalanced } from '#server/testing/books.ts';
import { leg, movement, RawBooks } from '#server/testing/raw-books.ts';
import { aHash } from '#server/testing/transits.ts';
import { observedTwice } from '#server/testing/wallet-looks.ts';
import {
  aFundedWallet,
  aWalletWith,
  BNB,
  onChain,
  STRANGER,
  sentMove,
  type TestWallet,
  USDT,
  walletPurse,
} from '#server/testing/wallet-payouts.ts';
import { operatorOf, platformOf, refusal, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  expect(await alarmsOf(app)).toEqual([]);
  await app.close();
});

const finance = async (name: 'first' | 'second' = 'first') => (await operatorOf(app, 'finance', name)).caller;

interface Wish {
  readonly asset?: string;
  readonly amount?: string;
  readonly reference?: string;
  readonly credited?: boolean;
}

const deposit = ({ id: walletId }: TestWallet, wish: Wish = {}) => ({
  ...{ walletId, asset: BNB, amount: '0.05', reference: aHash(), note: 'gas for its transfers', ...wish },
});
const proposed = async (call: ReturnType<typeof deposit>) => (await finance()).wallets.bookDeposit(call);
const confirmed = async (call: ReturnType<typeof deposit>) => (await finance('second')).wallets.bookDeposit(call);

async function booked(wallet: TestWallet, wish: Wish = {}) {
  const call = deposit(wallet, wish);
  expect(await proposed(call)).toMatchObject({ state: 'proposed' });
  expect(await confirmed(call)).toMatchObject({ state: 'confirmed' });
  return call;
}

describe('what the company pays into a wallet', () => {
  test('and two people book is never the member’s', async () => {
    const wallet = await aWalletWith(app, { bnb: '0' });
    const call = deposit(wallet);
    await proposed(call);
    onChain(app, wallet, { bnb: '0.05' });
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, BNB)).toBe('0/0/0/0');
    expect(await confirmed(call)).toMatchObject({ state: 'confirmed' });
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, BNB)).toBe('0.05/0/0/0');
    const { caller } = await platformOf(app);
    const order = { walletId: wallet.id, to: STRANGER, asset: BNB, amount: '0.01', idempotencyKey: newId() };
    expect(await refusal(caller.wallets.transfer(order))).toBe('ledger.insufficient_funds');
  });

  test('is the member’s when the proposal is taken back, as anything else that comes in', async () => {
    const wallet = await aWalletWith(app, { bnb: '0.05' });
    const { decisionId } = await proposed(deposit(wallet));
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, BNB)).toBe('0/0/0/0');
    await (await finance('second')).decisions.withdraw({ id: decisionId });
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, BNB)).toBe('0.05/0.05/0/0');
  });

  test('keeps nothing else of the wallet from being observed, nor from being missed', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1' });
    await proposed(deposit(wallet));
    onChain(app, wallet, { usdt: '7', bnb: '0.5' });
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('7/7/0/0');
    expect(await walletPurse(app, wallet, BNB)).toBe('0.5/1/0/0');
    onChain(app, wallet, { bnb: '1' });
    await (await finance()).decisions.withdraw({ id: (await proposed(deposit(wallet))).decisionId });
    await observedTwice(app, wallet);
  });

  test('is taken back from the member who has it already, as far as it is there', async () => {
    const wallet = await aFundedWallet(app, { bnb: '0.05' });
    await booked(wallet, { credited: true, amount: '0.04' });
    expect(await walletPurse(app, wallet, BNB)).toBe('0.05/0.01/0/0');
    const more = deposit(wallet, { credited: true, amount: '0.02' });
    await proposed(more);
    expect(await refusal(confirmed(more))).toBe('ledger.insufficient_funds');
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, BNB)).toBe('0.05/0.01/0/0');
  });

  test('is booked once, however its name is spelled, and in whichever wallet', async () => {
    const { reference } = await booked(await aWalletWith(app, { bnb: '0.05' }));
    const other = await aWalletWith(app, {});
    for (const again of [reference, reference.slice(2).toUpperCase()]) {
      expect(await refusal(proposed(deposit(other, { reference: again })))).toBe('ledger.reference_used');
    }
  });

  test('is no payment out of a member’s wallet', async () => {
    const move = await sentMove(app, await aFundedWallet(app, { bnb: '1', usdt: '50' }));
    const reference = (await shown(app, move)).attempts[0]?.reference ?? '';
    const call = deposit(await aWalletWith(app, {}), { asset: USDT, amount: '10', reference });
    expect(await refusal(proposed(call))).toBe('ledger.reference_used');
    app.mblock.control.settle();
    await app.jobs.hurry('payout.look-up');
  });

  test('is booked as both say it, and by two people', async () => {
    const call = deposit(await aWalletWith(app, {}));
    await proposed(call);
    expect(await proposed(call)).toMatchObject({ state: 'proposed' });
    expect(await refusal(confirmed({ ...call, amount: '0.06' }))).toBe('decision.differs');
  });

  test.each([
    ['a wallet that is not there', { walletId: newId() }, 'wallet.not_found'],
    ['a coin of the pool', { asset: 'LTC' }, 'asset.unknown'],
  ])('is refused for %s', async (_what, wrong, code) => {
    const call = { ...deposit(await aWalletWith(app, {})), ...wrong };
    expect(await refusal(proposed(call))).toBe(code);
  });
});

describe('the database takes none', () => {
  const facts = {
    ...{ kind: 'DEPOSIT', asset: BNB, actor_type: 'operator', actor_id: newId(), validator_id: newId() },
    reason: 'gas',
  };
  /** Written past the program, between two accounts of a wallet and the company. */
  async function written(columns: object, [debit, credit]: readonly [string, string] = ['chain', 'company']) {
    const raw = await RawBooks.open(app);
    const { id: wallet } = await aFundedWallet(app, { bnb: '1' });
    await app.container.sessions.inTransaction(({ ledger }) =>
      ledger.post([
        ...[{ kind: 'SHORT' as const, amount: Amount.parse(BNB, '0.1'), walletId: wallet, incidentId, by }],
        ...[{ kind: 'UNSHORT' as const, amount: Amount.parse(BNB, '0.1'), walletId: wallet, incidentId, by }],
      ]),
    );
    const code = (of: string) => ({ chain: `chain:${wallet}`, available: `wallet:${wallet}:available` })[of] ?? of;
    const id = newId();
    await raw
      .committed(
        movement(id, { ...facts, wallet_id: wallet, ...columns }),
        leg(id, code(debit), `0.01 ${BNB}`),
        leg(id, code(credit), `-0.01 ${BNB}`),
      )
      .finally(() => raw.close());
  }
  const by = { type: 'system', id: 'test' } as const;
  let incidentId: string;
  beforeAll(async () => {
    incidentId = await app.container.sessions.inTransaction(({ incidents }) =>
      incidents.open({ kind: 'configuration', subject: newId(), detail: {} }, by),
    );
  });

  test.each([
    ['without a second person', { validator_id: null }],
    ['of one person alone', { validator_id: facts.actor_id }],
    ['without a reason', { reason: null }],
    ['without a name', { reference: null }],
    ['of nobody’s wallet', { wallet_id: null }],
  ])('%s', async (_what, missing) => {
    await expect(written(missing)).rejects.toThrow(/ledger_transactions_|somebody else/);
  });

  test.each([
    ['that the company does not pay', ['chain', 'suspense:mblock']],
    ['that goes to the member', ['chain', 'available']],
    ['the other way round', ['company', 'available']],
  ] as const)('%s', async (_what, accounts) => {
    await expect(written({}, accounts)).rejects.toThrow(/no payment of the company/);
  });

  test('twice under one name', async () => {
    const reference = newId();
    await written({ reference });
    await expect(written({ reference })).rejects.toThrow(/deposit_reference/);
  });
});
