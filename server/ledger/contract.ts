import { z } from 'zod';
import {
  amountText,
  assetCode,
  cursor,
  idempotencyKey,
  instant,
  limit,
  memberId,
  positiveAmountText,
  reference,
  signedAmountText,
  uuid,
} from '#server/kernel/wire.ts';
import { POSTING_KINDS } from './statuses.ts';

export { ADJUSTABLE_ACCOUNTS } from './statuses.ts';
export const creditInput = z.strictObject({
  memberId,
  asset: assetCode,
  amount: positiveAmountText,
  /** The settlement this credit comes from; one credit for each (reference, member, asset), for ever. */
  reference,
  idempotencyKey,
});
export const creditView = z.object({ transactionId: uuid, available: amountText, held: amountText });

export const reverseInput = z.strictObject({
  /** The credit to take back; all its reversals together are never more than it gave. */
  transactionId: uuid,
  amount: positiveAmountText,
  /** Once for each credit. */
  reference,
  idempotencyKey,
});
/** `receivable` is what the member owes from now on: of what was taken back, what they no longer had. */
export const reverseView = z.object({
  transactionId: uuid,
  available: amountText,
  held: amountText,
  receivable: amountText,
});

/** `at`: as the books stood then; without it, as they stand now. */
export const balancesInput = z.strictObject({ memberId, at: instant.optional() });
/** `held` includes what is in flight; `payable` has arrived in the company account and is still owed to the member. */
export const memberBalance = z.object({
  asset: z.string(),
  available: amountText,
  held: amountText,
  inFlight: amountText,
  payable: amountText,
});
export const balancesView = z.array(memberBalance);

export const walletBalancesInput = z.strictObject({ walletId: uuid, at: instant.optional() });
/** `held` includes what is in flight; `gas` is the company's BNB in the wallet; `chain` is what was last proven there. */
export const walletBalancesView = z.array(
  z.object({
    asset: z.string(),
    available: amountText,
    held: amountText,
    inFlight: amountText,
    gas: amountText,
    chain: signedAmountText,
  }),
);

export const statementInput = z.strictObject({ memberId, asset: assetCode.optional(), cursor, limit });
const standing = <Text extends z.ZodType>(text: Text) =>
  z.object({ available: text, held: text, inFlight: text, payable: text, receivable: text });
/** A movement as the member's account shows it. As in the balances, `held` includes what is in flight. */
export const statementLine = z.object({
  transactionId: uuid,
  kind: z.enum(POSTING_KINDS),
  asset: z.string(),
  change: standing(signedAmountText),
  after: standing(amountText),
  withdrawalId: uuid.nullable(),
  reference: z.string().nullable(),
  at: instant,
  effectiveAt: instant,
});
/** Newest first. Nobody counts a member's movements, so there is no total. */
export const statementView = z.object({ rows: z.array(statementLine), nextCursor: z.string().nullable() });

export const transactionInput = z.strictObject({ id: uuid });
/** A movement with its legs: debits above zero, credits below, together zero. */
export const transactionView = z.object({
  id: uuid,
  kind: z.enum(POSTING_KINDS),
  asset: z.string(),
  memberId: z.string().nullable(),
  walletId: uuid.nullable(),
  withdrawalId: uuid.nullable(),
  attemptId: uuid.nullable(),
  revision: z.int().nullable(),
  source: z.string().nullable(),
  reference: z.string().nullable(),
  reversesId: uuid.nullable(),
  incidentId: uuid.nullable(),
  reason: z.string().nullable(),
  by: z.object({ type: z.string(), id: z.string() }),
  validatorId: z.string().nullable(),
  at: instant,
  effectiveAt: instant,
  legs: z.array(z.object({ account: z.string(), amount: signedAmountText })),
});

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
export type ReverseInput = z.infer<typeof reverseInput>;
export type ReverseView = z.infer<typeof reverseView>;
export type WalletBalances = z.infer<typeof walletBalancesView>;
export type StatementInput = z.infer<typeof statementInput>;
export type StatementLine = z.infer<typeof statementLine>;
export type StatementView = z.infer<typeof statementView>;
export type LedgerTransactionView = z.infer<typeof transactionView>;
export type MemberBalance = z.infer<typeof memberBalance>;
export type TotalsView = z.infer<typeof totalsView>;
