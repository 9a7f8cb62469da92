import { z } from 'zod';
import { cursor, day, instant, limit, noteText, page, uuid } from '#server/kernel/wire.ts';
import { DIFFERENCE_KINDS, DIFFERENCE_STATES, RUN_STATUSES } from './statuses.ts';

export const reconciliationRunsInput = z.strictObject({ cursor, limit });
/** Both days included, UTC. */
export const reconciliationRunView = z.object({
  id: uuid,
  from: day,
  to: day,
  status: z.enum(RUN_STATUSES),
  /** `worker`, or the id of who asked for it. */
  requestedBy: z.string(),
  startedAt: instant,
  endedAt: instant.nullable(),
  /** How much was compared. */
  listedRows: z.int().nonnegative(),
  /** Those of them that need no attempt of ours: from before our books, registered or explained by people. */
  knownRows: z.int().nonnegative(),
  attempts: z.int().nonnegative(),
  /** How many differences it saw, old ones included, and how many of them nobody had seen before. */
  seen: z.int().nonnegative(),
  found: z.int().nonnegative(),
  /** Why it failed. */
  reason: z.string().nullable(),
});
export const reconciliationRunPage = page(reconciliationRunView);

export const reconciliationDifferencesInput = z.strictObject({
  filter: z
    .strictObject({
      state: z.enum(DIFFERENCE_STATES).optional(),
      kind: z.enum(DIFFERENCE_KINDS).optional(),
      /** Those that this run saw. */
      runId: uuid.optional(),
    })
    .default({}),
  cursor,
  limit,
});
/** `expected` is what our records say, `observed` what stands against it; null where there is nothing. */
export const differenceView = z.object({
  id: uuid,
  kind: z.enum(DIFFERENCE_KINDS),
  state: z.enum(DIFFERENCE_STATES),
  asset: z.string(),
  day,
  /** The pool's `withdrawId`, or a transaction's hash. */
  reference: z.string().nullable(),
  withdrawalId: uuid.nullable(),
  attemptId: uuid.nullable(),
  expected: z.string().nullable(),
  observed: z.string().nullable(),
  foundIn: uuid,
  foundAt: instant,
  seenAt: instant,
  goneAt: instant.nullable(),
  explainedAt: instant.nullable(),
  explainedBy: z.string().nullable(),
  note: z.string().nullable(),
});
export const differencePage = page(differenceView);

export const candidatesInput = z.strictObject({ id: uuid });
/** As the pool lists it; what is nobody's and could be the payment in question, or what is taken for it. */
export const listedRowView = z.object({
  reference: z.string(),
  asset: z.string(),
  amount: z.string(),
  fee: z.string(),
  address: z.string().nullable(),
  /** In the pool's own word. */
  status: z.string(),
  madeAt: z.string().nullable(),
  isOwn: z.boolean(),
});
/** A transfer that the chain showed when a payment out of the same wallet was looked for. */
export const chainReceiptView = z.object({
  txid: z.string(),
  asset: z.string(),
  amount: z.string(),
  from: z.string(),
  to: z.string(),
  seenAt: instant,
  isOwn: z.boolean(),
});
/** `listed` is null where no row of the pool is in question, `readAt` where its day was not read; `receipts` but for wallets. */
export const candidatesView = z.object({
  listed: z.object({ readAt: instant.nullable(), rows: z.array(listedRowView) }).nullable(),
  receipts: z.array(chainReceiptView).nullable(),
});

/** The last closed days when none are given; days that are not over are left out. */
export const reconcileInput = z.strictObject({ from: day.optional(), to: day.optional() });
export const reconcileView = z.object({ runId: uuid });

export const explainInput = z.strictObject({ id: uuid, note: noteText });

export type ReconciliationRunsInput = z.infer<typeof reconciliationRunsInput>;
export type ReconciliationRunView = z.infer<typeof reconciliationRunView>;
export type ReconciliationRunPage = z.infer<typeof reconciliationRunPage>;
export type DifferencesInput = z.infer<typeof reconciliationDifferencesInput>;
export type DifferenceView = z.infer<typeof differenceView>;
export type DifferencePage = z.infer<typeof differencePage>;
export type CandidatesInput = z.infer<typeof candidatesInput>;
export type CandidatesView = z.infer<typeof candidatesView>;
export type ListedRowView = z.infer<typeof listedRowView>;
export type ChainReceiptView = z.infer<typeof chainReceiptView>;
export type ReconcileInput = z.infer<typeof reconcileInput>;
export type ExplainInput = z.infer<typeof explainInput>;
