import { z } from 'zod';
import { decimalText, identifier, optional, utcDay, words } from '#server/provider-transport/index.ts';

/** The vendor's `data`, method by method. Its field names are kept: they go no further than this folder. */

const text = z.string().max(1000);
/** Epoch time as the vendor wrote it; read by `epochInstant`. */
const epoch = optional(decimalText.catch('').nullable());

export const projectInfo = z.object({
  projectName: optional(text),
  coinExAccount: optional(text),
  createAt: epoch,
});

export const hashBalance = z.object({ date: utcDay, credit: decimalText, power: decimalText });

export const hashCreditCharge = z.object({
  chargeId: optional(identifier),
  address: optional(text),
  amount: optional(decimalText),
  price: optional(decimalText),
  coin: optional(text),
});

export const hashCreditChargeRow = z.object({
  chargeId: identifier,
  from: optional(text),
  to: optional(text),
  amount: decimalText,
  price: optional(decimalText),
  coin: optional(text),
  credit: optional(decimalText),
  status: text,
  createAt: epoch,
  updateAt: epoch,
});

export const hashPowerSwap = z.object({
  swapId: optional(identifier),
  amount: optional(decimalText),
  credit: optional(decimalText),
  power: optional(decimalText),
});

export const hashPowerSwapRow = z.object({
  swapId: identifier,
  amount: decimalText,
  credit: optional(decimalText),
  power: optional(decimalText),
  setDate: optional(text),
  endDate: optional(text),
  period: optional(decimalText),
  status: text,
  createAt: epoch,
  updateAt: epoch,
});

export const hashRateDaily = z.object({
  date: utcDay,
  hashRate: decimalText,
  hashRateMega: optional(decimalText),
  efficiency: decimalText,
  reject: decimalText,
});

export const hashRateRecently = z.object({
  timestamp: epoch,
  hashRate24h: decimalText,
  hashRate1h: decimalText,
  hashRate10m: decimalText,
  efficiency: decimalText,
  reject: decimalText,
});

export const profitDaily = z.object({
  date: utcDay,
  profit: z.record(z.string(), z.object({ total: decimalText, price: optional(decimalText) })),
});

export const assetBalance = z.object({
  date: optional(utcDay),
  asset: optional(
    z.record(
      z.string(),
      z.object({
        balance: optional(decimalText),
        available: optional(decimalText),
        locked: optional(decimalText),
      }),
    ),
  ),
});

export const assetWithdrawRow = z.object({
  withdrawId: identifier,
  coin: words,
  amount: decimalText,
  fee: decimalText,
  address: optional(words),
  type: words,
  message: optional(words),
  status: words,
  createAt: epoch,
  updateAt: epoch,
});

export const assetWithdrawRequest = z.object({
  withdrawId: optional(identifier),
  coin: optional(text),
  amount: optional(decimalText),
});
