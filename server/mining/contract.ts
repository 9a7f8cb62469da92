import { z } from 'zod';
import { amountText, assetCode, cursor, day, instant, limit, page, uuid } from '#server/kernel/wire.ts';
import { MINING_WITHDRAWAL_STATUSES } from './statuses.ts';

export const miningBalanceInput = z.strictObject({});
/** The pool's own figures as last read; `asOf` is when. `null` while nothing has been read yet. */
export const hashBalanceView = z.object({ date: day, credit: amountText, power: amountText, asOf: instant }).nullable();

export const miningAssetsInput = z.strictObject({});
export const assetBalanceView = z.object({
  asset: z.string(),
  /** At the pool at the day's cut (00:00 UTC), or null where the pool gave none. */
  balance: amountText.nullable(),
  available: amountText.nullable(),
  locked: amountText.nullable(),
  date: day.nullable(),
  asOf: instant.nullable(),
});
export const assetBalancesView = z.object({ rows: z.array(assetBalanceView) });

export const hashRateInput = z.strictObject({});
/** Megahashes per second and per cent, as decimal text. */
export const hashRateView = z
  .object({
    at: instant,
    last24h: amountText,
    last1h: amountText,
    last10m: amountText,
    efficiency: amountText,
    reject: amountText,
  })
  .nullable();

export const profitInput = z.strictObject({ days: z.int().min(1).max(90).default(30) });
export const profitView = z.object({
  rows: z.array(z.object({ date: day, asset: z.string(), total: amountText, price: amountText.nullable() })),
});

export const miningWithdrawalsInput = z.strictObject({ asset: assetCode.optional(), cursor, limit });
export const miningWithdrawalView = z.object({
  id: uuid,
  withdrawalId: uuid,
  attemptNo: z.int(),
  asset: z.string(),
  amount: amountText,
  fee: amountText.nullable(),
  status: z.enum(MINING_WITHDRAWAL_STATUSES),
  /** The pool's `withdrawId`. */
  reference: z.string().nullable(),
  /** The reference is the word of two people; no list of the pool shows it so far. */
  saidByPeople: z.boolean(),
  rawStatus: z.string().nullable(),
  error: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export const miningWithdrawalPage = page(miningWithdrawalView);

export const collectInput = z.strictObject({ from: day.optional(), to: day.optional() });
export const collectView = z.object({ jobId: z.string() });

export type HashBalanceView = z.infer<typeof hashBalanceView>;
export type AssetBalancesView = z.infer<typeof assetBalancesView>;
export type HashRateView = z.infer<typeof hashRateView>;
export type ProfitView = z.infer<typeof profitView>;
export type MiningWithdrawalView = z.infer<typeof miningWithdrawalView>;
