import { z } from 'zod';
import { dualStateView, openDecisionView } from '#server/dual-control/contract.ts';
import { incidentDecision, incidentKind, incidentView } from '#server/incidents/contract.ts';
import { PROVIDERS } from '#server/kernel/provider-outcome.ts';
import {
  amountText,
  assetCode,
  cursor,
  idempotencyKey,
  instant,
  json,
  limit,
  memberId,
  noteText,
  page,
  positiveAmountText,
  reference,
  uuid,
} from '#server/kernel/wire.ts';
import { ADJUSTABLE_ACCOUNTS, reverseView } from '#server/ledger/contract.ts';
import {
  attemptStatus,
  callbackWord,
  paidOnceWord,
  permission,
  withdrawalKind,
  withdrawalStatus,
  withdrawalSummary,
} from '#server/withdrawals/contract.ts';
import { EXCEPTION_FILTERS, SENDS_AGAIN } from './statuses.ts';

const EVIDENCE_CITED_MAX = 20;

/**
 * Two people say the same: the first call proposes, the same call by another person confirms. `evidence` names what both
 * have looked at. `paid` needs the provider's reference; `payAgain` belongs to `not_paid` alone.
 */
export const resolveInput = z
  .strictObject({
    id: uuid,
    outcome: z.enum(['paid', 'not_paid']),
    payAgain: z.boolean().default(false),
    reference: reference.optional(),
    evidence: z.array(uuid).max(EVIDENCE_CITED_MAX).default([]),
    note: noteText,
  })
  .refine(({ outcome, reference: named }) => (outcome === 'paid') === (named !== undefined), {
    path: ['reference'],
    error: 'names the payment if it was made, and only then',
  })
  .refine(({ outcome, payAgain }) => !(outcome === 'paid' && payAgain), {
    path: ['payAgain'],
    error: 'what was paid is not paid again',
  });
export const resolveView = z.object({ decision: dualStateView, withdrawal: withdrawalSummary });

/** Text or links, as a person found them; kept for ever. */
export const documentText = z
  .string()
  .trim()
  .min(1)
  .max(8_000)
  .regex(/^[^\p{Cc}\p{Cs}]*(?:[\n\t][^\p{Cc}\p{Cs}]*)*$/u, 'must not hold control characters');
export const attachEvidenceInput = z.strictObject({
  id: uuid,
  attemptId: uuid,
  name: noteText.max(120),
  text: documentText,
});
export const attachEvidenceView = z.object({ evidenceId: uuid });

export const recheckInput = z.strictObject({ id: uuid });
export const recheckView = z.object({ attemptId: uuid, jobId: z.string() });
export const escalateInput = z.strictObject({ id: uuid, note: noteText });

export const escalateView = z.object({ id: uuid });

export const evidenceInput = z.strictObject({ id: uuid });
/** Something that was seen, as it was seen; secrets removed. `at` is when. */
const evidenceRow = z.object({ id: uuid, kind: z.string(), at: instant, body: json });

/** `required` and `observed` are instants, counts or words, as text. */
const condition = z.object({ name: z.string(), required: z.string(), observed: z.string(), met: z.boolean() });
export const quietPeriodView = z.object({
  from: instant,
  until: instant,
  complete: z.boolean(),
  conditions: z.array(condition),
});

/** What was posted about a transit: its text with secrets hidden, cut like a reply; `bytes` as it came. */
const callbackRow = z.object({ id: uuid, at: instant, bytes: z.int(), body: z.string(), word: callbackWord });

/** One try to pay, and all that is known of it. */
const attemptSheet = z.object({
  id: uuid,
  no: z.int(),
  status: attemptStatus,
  kind: withdrawalKind,
  provider: z.enum(PROVIDERS),
  /** The provider's method that was called. */
  method: z.string(),
  asset: z.string(),
  amount: amountText,
  to: z.string(),
  reference: z.string().nullable(),
  token: z.string().nullable(),
  feeReference: z.string().nullable(),
  error: z.string().nullable(),
  worker: z.string(),
  sender: z.enum(['answering', 'gone', 'not_proven']),
  fencedAt: instant,
  sendBy: instant,
  leaseUntil: instant,
  deadlineAt: instant,
  endedAt: instant.nullable(),
  looks: z.int(),
  lookedAt: instant.nullable(),
  closedByPeople: z.boolean(),
  lateAt: instant.nullable(),
  takenBackAt: instant.nullable(),
  /** What the provider showed before the fence. */
  before: json.nullable(),
  /** Replies, rows of the provider's list, receipts, balances, documents; oldest first, the newest 200. */
  evidence: z.array(evidenceRow),
  /** Every different body that was posted about it, oldest first; empty for what is no transit. */
  callbacks: z.array(callbackRow),
  /** Names in that evidence that are another payment's already, or nobody's by the word of two people. */
  taken: z.array(z.string()),
  /** While its outcome is not known: what must hold before two people may say that it was not paid. */
  quietPeriod: quietPeriodView.nullable(),
});

/** Another withdrawal whose payment could be taken for this one's. */
const similar = z.object({
  withdrawalId: uuid,
  attemptId: uuid,
  memberId: z.string(),
  status: attemptStatus,
  fencedAt: instant,
});

/** All that two people need to settle an outcome that is not known. Never holds a secret. */
export const evidenceView = z.object({
  withdrawal: withdrawalSummary,
  attempts: z.array(attemptSheet),
  /** What an open proposal names as paid and no list of the pool that was read shows. */
  unlisted: z.array(z.string()),
  similar: z.array(similar),
  incidents: z.array(incidentView),
  proposals: z.array(openDecisionView),
  /** What the caller may do now, and for what they may not, why. */
  allowed: z.object({
    resolvePaid: permission,
    resolveNotPaid: permission,
    attachEvidence: permission,
    recheck: permission,
    escalate: permission,
  }),
});

export const exceptionFilter = z.enum(EXCEPTION_FILTERS);
/** Everything that needs people; without a filter all of it, without an order the newest first. */
export const exceptionListInput = z.strictObject({
  filter: exceptionFilter.or(z.literal('pressing')).optional(),
  order: z.enum(['newest', 'oldest']).optional(),
  cursor,
  limit,
});
const exceptionRow = z.object({
  /** Of the incident for `late` and `incident`, of the withdrawal for the others. */
  id: uuid,
  filter: exceptionFilter,
  /** Since when it has been so. */
  since: instant,
  withdrawalId: uuid.nullable(),
  incidentId: uuid.nullable(),
  incidentKind: incidentKind.nullable(),
  kind: withdrawalKind.nullable(),
  status: withdrawalStatus.nullable(),
  memberId: z.string().nullable(),
  asset: z.string().nullable(),
  amount: amountText.nullable(),
  /** The error of the last attempt, why it waits, or the kind of incident. */
  reason: z.string().nullable(),
  /** Of a `failed` one, how a payment of it was made all the same. */
  paidOnce: paidOnceWord.nullable(),
  attempts: z.int(),
  nextAttemptAt: instant.nullable(),
  onHold: z.boolean(),
  /** A colleague has proposed something and waits for a second person. */
  proposed: z.boolean(),
});
export const exceptionPage = page(exceptionRow);
export const exceptionCountsInput = z.strictObject({});
const count = z.object({ count: z.int(), exact: z.boolean() });
/** For the badge: how many, counted up to a cap. `failed` is not urgent and not in `total`. */
export const exceptionCountsView = z.object({
  total: count,
  byFilter: z.array(z.object({ filter: exceptionFilter, ...count.shape })),
});

/** Two people say the same; `note` may differ. */
export const incidentDecideInput = z.discriminatedUnion('decision', [
  z.strictObject({ id: uuid, decision: incidentDecision.exclude(['unsettle']), note: noteText }),
  z.strictObject({
    id: uuid,
    decision: incidentDecision.extract(['unsettle']),
    note: noteText,
    /** Whether the provider shows the coins again; if not, it owes them. */
    coinsBack: z.boolean(),
    /** Of a pool coin, how many came back, where the pool kept its fee; all that left by default. */
    back: positiveAmountText.optional(),
  }),
]);
export const incidentDecideView = z.object({ decision: dualStateView, closedAt: instant.nullable() });

/** One incident with what may be said of it and who has said something already. */
export const incidentDetailView = z.object({
  ...incidentView.shape,
  decisions: z.array(z.object({ decision: incidentDecision, allowed: permission })),
  proposals: z.array(openDecisionView),
  /** What follows for its withdrawal, unless a late payment is taken as the withdrawal's own. */
  sendsAgain: z.enum(SENDS_AGAIN).nullable(),
});

/** The platform, or two people, say that the member has been paid out of the company account. */
export const reportPaidInput = z.strictObject({ id: uuid, reference, paidAt: instant, idempotencyKey });
/** `decision` is null where a key said it, which needs no second. */
export const reportPaidView = z.object({ decision: dualStateView.nullable(), withdrawal: withdrawalSummary });

/** Takes back a credit that was wrong: two admins. */
export const takeBackInput = z.strictObject({
  transactionId: uuid,
  amount: positiveAmountText,
  reference,
  note: noteText,
});
export const takeBackView = z.object({ decision: dualStateView, reversal: reverseView.nullable() });

/** An account of the company, or what a member has free or owes; never what a withdrawal reserves. */
export const adjustableAccount = z.union([
  z.strictObject({ of: z.literal('company'), account: z.enum(ADJUSTABLE_ACCOUNTS) }),
  z.strictObject({ of: z.literal('member'), account: z.enum(['available', 'receivable']), memberId }),
]);
/** Puts right what no other booking puts right, about an incident: two admins. */
export const adjustInput = z.strictObject({
  asset: assetCode,
  amount: positiveAmountText,
  debit: adjustableAccount,
  credit: adjustableAccount,
  incidentId: uuid,
  note: noteText,
});
export const adjustView = z.object({ decision: dualStateView, transactionId: uuid.nullable() });

export type IncidentDecideInput = z.infer<typeof incidentDecideInput>;
export type IncidentDecideView = z.infer<typeof incidentDecideView>;
export type IncidentDetailView = z.infer<typeof incidentDetailView>;
export type ReportPaidInput = z.infer<typeof reportPaidInput>;
export type ReportPaidView = z.infer<typeof reportPaidView>;
export type TakeBackInput = z.infer<typeof takeBackInput>;
export type TakeBackView = z.infer<typeof takeBackView>;
export type AdjustInput = z.infer<typeof adjustInput>;
export type AdjustView = z.infer<typeof adjustView>;
export type ResolveInput = z.infer<typeof resolveInput>;
export type ResolveView = z.infer<typeof resolveView>;
export type AttachEvidenceInput = z.infer<typeof attachEvidenceInput>;
export type EscalateInput = z.infer<typeof escalateInput>;
export type RecheckView = z.infer<typeof recheckView>;
export type EvidenceView = z.infer<typeof evidenceView>;
export type ExceptionListInput = z.infer<typeof exceptionListInput>;
export type ExceptionRow = z.infer<typeof exceptionRow>;
export type ExceptionPage = z.infer<typeof exceptionPage>;
export type ExceptionCountsView = z.infer<typeof exceptionCountsView>;
