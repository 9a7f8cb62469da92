import { z } from 'zod';
import {
  amountText,
  assetCode,
  cursor,
  idempotencyKey,
  instant,
  limit,
  memberId,
  noteText,
  page,
  positiveAmountText,
  reference,
  uuid,
} from '#server/kernel/wire.ts';
import { ROTATION_STATUSES, TRANSACTION_KINDS, TRANSACTION_STATUSES, WALLET_STATUSES } from './statuses.ts';

export const walletStatus = z.enum(WALLET_STATUSES);
export const transactionStatus = z.enum(TRANSACTION_STATUSES);

export const walletCreateInput = z.strictObject({ memberId, idempotencyKey: idempotencyKey.optional() });
export const walletListInput = z.strictObject({
  filter: z
    .strictObject({
      memberId: memberId.optional(),
      status: walletStatus.optional(),
      /** A whole address, member id or wallet id. */
      q: z
        .string()
        .trim()
        .min(1)
        .max(128)
        .regex(/^[\x20-\x7e]+$/)
        .optional(),
    })
    .default({}),
  cursor,
  limit,
});
export const walletGetInput = z.strictObject({ id: uuid });
export const walletBalanceInput = z.strictObject({ walletId: uuid, asset: assetCode });
export const walletTransactionsInput = z.strictObject({ walletId: uuid, cursor, limit });

/** A wallet as anyone may see it: its key is in no view. `address` is null while the provider has not answered. */
export const walletView = z.object({
  id: uuid,
  memberId: z.string(),
  address: z.string().nullable(),
  status: walletStatus,
  /** Why it is paused; null when it is not, or when nobody said. */
  pauseReason: z.string().nullable(),
  createdAt: instant,
});
export const walletPage = page(walletView);

/** What the chain says, asked for this call. */
export const walletBalanceView = z.object({ walletId: uuid, asset: z.string(), amount: amountText, asOf: instant });

export const transactionView = z.object({
  id: uuid,
  walletId: uuid,
  kind: z.enum(TRANSACTION_KINDS),
  asset: z.string(),
  amount: amountText,
  to: z.string(),
  status: transactionStatus,
  txid: z.string().nullable(),
  error: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export const transactionPage = page(transactionView);

/** `acceptBalance`: both people know that the wallet is not empty, and that a lost answer would lose what is in it. */
export const walletRotateKeyInput = z.strictObject({
  walletId: uuid,
  acceptBalance: z.boolean().default(false),
  note: noteText,
});
/** Lets a paused wallet be used again, once its incidents are decided. */
export const walletResumeInput = z.strictObject({ walletId: uuid, note: noteText });
/**
 * What the company paid into a wallet, by the name of the payment. While the first of two people proposes it, nothing that
 * comes in of the asset is taken for the member's; `credited`: it was already, and is taken back from what is left of it.
 */
export const walletBookDepositInput = z.strictObject({
  walletId: uuid,
  asset: assetCode,
  amount: positiveAmountText,
  reference,
  credited: z.boolean().default(false),
  note: noteText,
});
export const walletProbeKeyInput = z.strictObject({ walletId: uuid });
export const walletRotationInput = z.strictObject({ walletId: uuid });

/** A change of a wallet's key: both keys are in no view. */
export const rotationView = z.object({
  id: uuid,
  walletId: uuid,
  status: z.enum(ROTATION_STATUSES),
  error: z.string().nullable(),
  begunAt: instant,
  endedAt: instant.nullable(),
});

export type WalletBookDepositInput = z.infer<typeof walletBookDepositInput>;
export type WalletResumeInput = z.infer<typeof walletResumeInput>;
export type WalletRotateKeyInput = z.infer<typeof walletRotateKeyInput>;
export type RotationView = z.infer<typeof rotationView>;
export type WalletCreateInput = z.infer<typeof walletCreateInput>;
export type WalletListInput = z.infer<typeof walletListInput>;
export type WalletView = z.infer<typeof walletView>;
export type WalletPage = z.infer<typeof walletPage>;
export type WalletBalanceView = z.infer<typeof walletBalanceView>;
export type TransactionView = z.infer<typeof transactionView>;
