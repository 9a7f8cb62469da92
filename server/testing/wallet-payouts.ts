import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import type { TestApplication } from './application.ts';
import { aMember } from './members.ts';
import { type Asked, operatorOf, platformOf } from './withdrawals.ts';

export const BNB = 'BSC:BNB';
export const TOKEN = '0x55d398326f99059fF775485246999027B3197955';
export const USDT = `BSC:${TOKEN}`;
/** Nobody's of ours. */
export const STRANGER = '0x8894E0a0c962CB723c1976a4421c95949bE2D4E3';

export interface TestWallet {
  readonly id: string;
  readonly memberId: string;
  readonly address: string;
}

const registered = new WeakSet<TestApplication>();

/** A wallet of a new member, with this on chain. What is on chain is in the books once `observed`. */
export async function aWalletWith(app: TestApplication, funds: { bnb?: string; usdt?: string } = {}) {
  if (!registered.has(app)) {
    const { caller } = await operatorOf(app, 'admin');
    await caller.assets.register({ symbol: 'USDT', contract: TOKEN, scale: 18 });
    registered.add(app);
  }
  const { caller } = await platformOf(app);
  const { id, memberId, address } = await caller.wallets.create({ memberId: aMember() });
  const wallet: TestWallet = { id, memberId, address: address ?? '' };
  onChain(app, wallet, funds);
  return wallet;
}

/** From now on the chain shows these balances. */
export function onChain({ mblock }: TestApplication, { address }: TestWallet, funds: { bnb?: string; usdt?: string }) {
  const { bnb, usdt } = funds;
  if (bnb !== undefined) mblock.control.setBalance({ address, contract: null, amount: bnb });
  if (usdt !== undefined) mblock.control.setBalance({ address, contract: TOKEN, amount: usdt });
}

/** The same, and the books say so too. */
export async function aFundedWallet(app: TestApplication, funds: { bnb?: string; usdt?: string }) {
  const wallet = await aWalletWith(app, funds);
  const by = { type: 'system', id: 'test' } as const;
  const lines = [
    [BNB, funds.bnb],
    [USDT, funds.usdt],
  ] as const;
  await app.container.sessions.inTransaction(({ ledger }) =>
    ledger.post(
      lines.flatMap(([asset, amount]) =>
        amount && amount !== '0'
          ? [{ kind: 'OBSERVE' as const, amount: Amount.parse(asset, amount), walletId: wallet.id, by }]
          : [],
      ),
    ),
  );
  return wallet;
}

export interface MoveWish {
  readonly kind?: 'transfer' | 'transit';
  readonly amount?: string | undefined;
  readonly asset?: string;
  readonly to?: string;
}

/** What was asked of a wallet, approved by two people; its payout is on the queue and has not run. */
export async function approvedMove(app: TestApplication, { id: walletId }: { id: string }, wish: MoveWish = {}) {
  const { kind = 'transfer', amount, asset = USDT, to = STRANGER } = wish;
  const { caller } = await platformOf(app);
  const order = { walletId, to, asset, idempotencyKey: newId() };
  const { id, memberId, digest, ...rest } =
    kind === 'transit'
      ? await caller.wallets.transit({ ...order, ...(amount && { amount }) })
      : await caller.wallets.transfer({ ...order, amount: amount ?? '10' });
  for (const name of ['first', 'second']) {
    const { caller: person } = await operatorOf(app, 'finance', name);
    await person.withdrawals.approve({ id, digest });
  }
  return { id, memberId, asset, amount: rest.amount, digest } satisfies Asked;
}

/** The same, and the provider was asked. */
export async function sentMove(app: TestApplication, wallet: { id: string }, wish: MoveWish = {}): Promise<Asked> {
  const move = await approvedMove(app, wallet, wish);
  await app.jobs.drain('payout.dispatch');
  return move;
}

/** What the books say of a wallet: chain, available, held, in flight; and the company's gas in it where there is any. */
export async function walletPurse(app: TestApplication, { id }: { id: string }, asset: string): Promise<string> {
  const rows = await app.sql<{ bucket: string; sum: string }>(
    `select a.bucket, trim_scale(sum(e.amount))::text as sum from ledger_entries e join ledger_accounts a using (code, asset)
     where a.wallet_id = ? and asset = ? group by a.bucket`,
    [id, asset],
  );
  const debits = (bucket: string) => Amount.fromDecimal(asset, rows.find((row) => row.bucket === bucket)?.sum ?? '0');
  const owed = ['wallet:available', 'wallet:held', 'wallet:in_flight'].map((bucket) => debits(bucket).negated());
  const gas = debits('gas').negated();
  return [debits('chain'), ...owed, ...(gas.isZero() ? [] : [`gas ${gas}`])].join('/');
}

/** As if everything that was seen, sent and booked so far had happened so much earlier. */
export async function timePasses(app: TestApplication, seconds: number): Promise<void> {
  const by = `make_interval(secs => ${seconds})`;
  const shifts = Object.entries(INSTANTS).map(
    ([table, columns]) => `update ${table} set ${columns.map((each) => `${each} = ${each} - ${by}`).join(', ')};`,
  );
  await app.sql(`do $$ begin set local session_replication_role = replica; ${shifts.join(' ')} end $$`);
}

const INSTANTS: Readonly<Record<string, readonly string[]>> = {
  payout_evidence: ['at'],
  wallet_callbacks: ['received_at'],
  wallet_readings: ['read_at'],
  payout_attempts: [
    ...['fenced_at', 'send_by', 'lease_until', 'deadline_at', 'ended_at', 'updated_at'],
    ...['looked_at', 'late_at', 'failed_seen_at'],
  ],
};
