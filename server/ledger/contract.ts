import { z } from 'zod';
import {
  amountText,
  assetCode,
  idempotencyKey,
  instant,
  memberId,
  positiveAmountText,
  reference,
  signedAmountText,
  uuid,
} from '#server/kernel/wire.ts';

export const creditInput = z.strictObject({
  memberId,
  asset: assetCode,
  amount: positiveAmountText,
  /** The settlement this credit comes from; one credit for each (reference, member, asset), for ever. */
  reference,
  idempotencyKey,
});
export const creditView = z.object({ transactionId: uuid, available: amountText, held: amountText });

export const balancesInput = z.strictObject({ memberId });
/** `held` includes what is in flight; `payable` has arrived in the company account and is still owed to the member. */
export const memberBalance = z.object({
  asset: z.string(),
  available: amountText,
  held: amountText,
  inFlight: amountText,
  payable: amountText,
});
export const balancesView = z.array(memberBalance);

export const totalsInput = z.strictObject({});
/** All members together, and the company's side of the same books; sums per asset, never across assets. */
export const totalsView = z.object({
  rows: z.array(
    z.object({
      asset: z.string(),
      available: amountText,
      held: amountText,
      inFlight: amountText,
      payable: amountText,
      /** available + held + in flight + payable. */
      owed: amountText,
      pool: signedAmountText,
      company: signedAmountText,
      undistributed: signedAmountText,
    }),
  ),
  asOf: instant,
});

export type CreditInput = z.infer<typeof creditInput>;
export type CreditView = z.infer<typeof creditView>;
export type MemberBalance = z.infer<typeof memberBalance>;
export type TotalsView = z.infer<typeof totalsView>;
