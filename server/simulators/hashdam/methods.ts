import { z } from 'zod';
import { Amount } from '#server/kernel/amount.ts';
import type { Fault } from '../faults.ts';
import { COINS } from './coins.ts';
import { dayOf, hashRateReply, newestClosedDay, profitReply, recentHashRateReply, startOf } from './daily-data.ts';
import { listArguments, listReply } from './list-reply.ts';
import type { Pool } from './pool.ts';

type Reply = Record<string, unknown>;
type Method = (pool: Pool, args: unknown, fault: Fault | null) => Reply;

const PAY_ADDRESS = '0x52908400098527886E0F7030069857D2E4169EE7';
const PER_MEGA = '8348.6';
const amountText = z.string().regex(/^\d{1,20}(?:\.\d{1,12})?$/);
const day = z.object({ date: z.iso.date().optional() });

const ok = (data: unknown): Reply => ({ code: 0, data });
export const refuse = (message: string): Reply => ({ code: 1, message });

export interface AssetBalanceCut {
  readonly assetBalances: 'daily' | 'live';
}

/** The vendor's methods. What they do is recorded in the pool, before the answer is known to anybody. */
export const methodsOf = ({ assetBalances }: AssetBalanceCut): Readonly<Record<string, Method>> => ({
  projectInfo: (pool) =>
    ok({ projectName: 'Simulated project', coinExAccount: pool.account, createAt: startOf(pool.openedDay) }),
  hashBalance: (pool) => ok({ date: dayOf(pool.nowMs), credit: `${pool.credit()}`, power: `${pool.power()}` }),
  hashRateDaily: (pool, args) => closedDay(pool, args, hashRateReply),
  hashRateRecently: (pool) => ok(recentHashRateReply(pool.nowMs, false)),
  hashRateRecentlyMega: (pool) => ok(recentHashRateReply(pool.nowMs, true)),
  profitDaily: (pool, args) => closedDay(pool, args, (date) => profitReply(date, null)),
  profitDailyMega: (pool, args) => closedDay(pool, args, (date) => profitReply(date, PER_MEGA)),
  assetBalance: (pool) => ok(assetBalance(pool, assetBalances)),
  assetWithdrawHistory: (pool, args, fault) => {
    const wanted = z.object({ coin: z.string().optional(), withdrawId: z.string().optional() }).parse(args);
    const rows = pool
      .withdrawals(wanted.coin)
      .filter(({ withdrawId }) => wanted.withdrawId === undefined || withdrawId === wanted.withdrawId);
    const { data, pagination } = listReply(rows, listArguments.parse(args));
    return { code: 0, data, ...(fault?.fault !== 'no_pagination' && { pagination }) };
  },
  hashPowerSwapHistory: (pool, args) => ({ code: 0, ...listReply(pool.swaps(), listArguments.parse(args)) }),
  hashCreditChargeHistory: (pool, args) => {
    const rows = pool.charges().map((row) => ({ ...row, to: PAY_ADDRESS, price: '1', coin: 'USDT' }));
    return { code: 0, ...listReply(rows, listArguments.parse(args)) };
  },
  assetWithdrawRequest: withdraw,
  hashPowerSwap: (pool, args) => {
    const { amount } = z.object({ amount: amountText }).parse(args);
    if (pool.credit().isLessThan(Amount.fromDecimal('CREDIT', amount))) return refuse('Insufficient credit');
    const swapId = `S${pool.nextNumber()}`;
    pool.record({ type: 'swapped', atMs: pool.nowMs, swapId, amount });
    return ok({ swapId, amount, credit: `${pool.credit()}`, power: `${pool.power()}` });
  },
  hashCreditCharge: (pool, args) => {
    const { amount, from = null } = z.object({ amount: amountText, from: z.string().optional() }).parse(args);
    const chargeId = `C${pool.nextNumber()}`;
    pool.record({ type: 'charged', atMs: pool.nowMs, chargeId, amount, from });
    return ok({ chargeId, address: PAY_ADDRESS, amount, price: '1', coin: 'USDT' });
  },
});

function withdraw(pool: Pool, args: unknown, fault: Fault | null): Reply {
  const { coin, amount } = z.object({ coin: z.string(), amount: amountText }).parse(args);
  const known = COINS[coin];
  if (known === undefined) return refuse('Not found or Unsupported coin symbol');
  const asked = Amount.fromDecimal(coin, amount);
  const fee = Amount.fromDecimal(coin, known.fee);
  const { available } = pool.sumsAt(coin, pool.nowMs + 1);
  if (!asked.isPositive()) return refuse('Invalid amount');
  if (available.isLessThan(asked.plus(fee))) return refuse('Insufficient balance');
  const withdrawId = `W${pool.nowMs}${pool.nextNumber()}`;
  pool.record({ type: 'withdrawn', atMs: pool.nowMs, withdrawId, coin, amount, fee: known.fee });
  if (fault?.fault === 'no_reference') return ok({ coin, amount });
  const echo = fault?.fault === 'other_amount' ? asked.plus(asked).toString() : amount;
  return ok({ withdrawId, coin, amount: echo });
}

function closedDay(pool: Pool, args: unknown, read: (date: string) => unknown): Reply {
  const newest = newestClosedDay(pool.nowMs);
  const { date = newest } = day.parse(args);
  return date < pool.openedDay || date > newest ? refuse('Data not found') : ok(read(date));
}

function assetBalance(pool: Pool, cut: AssetBalanceCut['assetBalances']) {
  const date = cut === 'live' ? dayOf(pool.nowMs) : newestClosedDay(pool.nowMs);
  const cutMs = cut === 'live' ? pool.nowMs + 1 : startOf(dayOf(pool.nowMs));
  const assets = Object.keys(COINS).map((coin) => {
    const { balance, available, locked } = pool.sumsAt(coin, cutMs);
    return [coin, { balance: `${balance}`, available: `${available}`, locked: `${locked}` }];
  });
  return { date, asset: Object.fromEntries(assets) };
}
