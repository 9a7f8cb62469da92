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
import { approverGroup } from '#server/policies/contract.ts';
import { riskRule } from '#server/risk/contract.ts';
import { stop } from '#server/system/contract.ts';
import {
  ATTEMPT_STATUSES,
  CALLBACK_WORDS,
  DESTINATION_TYPES,
  HOLD_REASONS,
  LEG_STATUSES,
  PAID_ONCE,
  WAIT_REASONS,
  WITHDRAWAL_KINDS,
  WITHDRAWAL_STATUSES,
} from './statuses.ts';

export const withdrawalStatus = z.enum(WITHDRAWAL_STATUSES);
export const withdrawalKind = z.enum(WITHDRAWAL_KINDS);
export const attemptStatus = z.enum(ATTEMPT_STATUSES);
export const waitReason = z.enum(WAIT_REASONS);

/** SHA-256 in hex of what an approver is shown; see `digest.ts`. */
export const digest = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');

/** Where it goes: a chain address, or an account at an exchange (which is how the pool pays). */
export const destination = z.object({ address: z.string(), type: z.enum(DESTINATION_TYPES) });

const actorView = z.object({ type: z.enum(['operator', 'api_key', 'system']), id: z.string(), name: z.string() });

export const withdrawalRequestInput = z.strictObject({
  memberId,
  asset: assetCode,
  amount: positiveAmountText,
  reference: reference.optional(),
  idempotencyKey,
});

/** An address as the chain writes it; its checksum is looked at by the service. */
const chainAddress = z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'must be 0x and 40 hexadecimal digits');

export const walletTransferInput = z.strictObject({
  walletId: uuid,
  to: chainAddress,
  amount: positiveAmountText,
  asset: assetCode,
  idempotencyKey,
});
/** Of a token. Without an amount it is all that is free in the wallet at this moment: fixed here, and always sent. */
export const walletTransitInput = z.strictObject({
  ...walletTransferInput.shape,
  amount: positiveAmountText.optional(),
});

export const withdrawalSortKey = z.enum(['requestedAt', 'updatedAt']);

export const withdrawalFilter = z.strictObject({
  status: z.array(withdrawalStatus).min(1).max(WITHDRAWAL_STATUSES.length).optional(),
  kind: withdrawalKind.optional(),
  memberId: memberId.optional(),
  asset: assetCode.optional(),
  /** Only what the operator who asks could approve now. */
  forMe: z.literal(true).optional(),
  /** Requested at or after, and before, these instants. */
  from: instant.optional(),
  to: instant.optional(),
  /** A whole withdrawal id, member id, platform reference or provider reference. */
  q: z
    .string()
    .trim()
    .min(1)
    .max(128)
    .regex(/^[\x20-\x7e]+$/)
    .optional(),
});

export const withdrawalListInput = z.strictObject({
  filter: withdrawalFilter.default({}),
  sort: z
    .strictObject({ by: withdrawalSortKey, dir: z.enum(['asc', 'desc']) })
    .default({ by: 'requestedAt', dir: 'desc' }),
  cursor,
  limit,
});

export const withdrawalGetInput = z.strictObject({ id: uuid });
/** `onBehalfOf`: whom they stand in for, as they were shown it; see `votesFor`. */
export const withdrawalApproveInput = z.strictObject({
  id: uuid,
  digest,
  onBehalfOf: uuid.optional(),
  note: noteText.optional(),
});
export const withdrawalRejectInput = z.strictObject({ id: uuid, reason: noteText });
export const withdrawalCancelInput = z.strictObject({ id: uuid });
export const withdrawalHoldInput = z.strictObject({ id: uuid, reason: z.enum(HOLD_REASONS), note: noteText });
export const withdrawalReleaseInput = z.strictObject({ id: uuid });
export const withdrawalNoteInput = z.strictObject({ id: uuid, text: noteText });
export const withdrawalEditInput = z.strictObject({ id: uuid, amount: positiveAmountText, reason: noteText });
/** A failed one is asked for once more; one that waits for its next try is tried now. */
export const withdrawalRetryInput = z.strictObject({ id: uuid });

/** Why somebody who sees it masked needs the whole address, in their own words. */
export const addressRevealInput = z.strictObject({ of: z.enum(['withdrawal', 'wallet']), id: uuid, reason: noteText });
/** Shown for so long, and kept by nobody who asked. */
export const addressRevealedView = z.object({ address: z.string(), shownForS: z.number().int() });

const standInView = z.object({ id: z.string(), name: z.string() });

const withdrawalCore = {
  id: uuid,
  kind: withdrawalKind,
  memberId: z.string(),
  walletId: uuid.nullable(),
  asset: z.string(),
  amount: amountText,
  destination,
  status: withdrawalStatus,
  waitReason: waitReason.nullable(),
  onHold: z.boolean(),
  approvals: z.object({
    required: z.int(),
    given: z.array(
      z.object({
        operatorId: z.string(),
        name: z.string(),
        /** Whom they stood in for. */
        onBehalfOf: standInView.nullable(),
        at: instant,
        note: z.string().nullable(),
      }),
    ),
  }),
  reference: z.string().nullable(),
  requestedBy: actorView,
  requestedAt: instant,
  updatedAt: instant,
  expiresAt: instant,
};

/** A line of the list. */
export const withdrawalRow = z.object(withdrawalCore);
export const withdrawalPage = page(withdrawalRow);

/** What a change of a withdrawal answers with: the row, and what the next approver signs. */
export const withdrawalSummary = z.object({ ...withdrawalCore, policyVersion: z.string(), digest, revision: z.int() });

/** Of what ended unpaid: how a payment of it was made all the same. Null where nothing was ever paid. */
export const paidOnceWord = z.enum(PAID_ONCE);

/** What became of something that was posted about a transit. */
export const callbackWord = z.enum(CALLBACK_WORDS);

/** One leg of the way the money takes; derived from the attempts, never stored a second time. */
const leg = z.object({
  no: z.int(),
  from: z.string(),
  to: z.string(),
  status: z.enum(LEG_STATUSES),
  reference: z.string().nullable(),
  at: instant.nullable(),
  /** Who said that it was done, where nothing but their word shows it. */
  reportedBy: z.string().nullable(),
});

const attemptView = z.object({
  id: uuid,
  no: z.int(),
  status: attemptStatus,
  reference: z.string().nullable(),
  startedAt: instant,
  endedAt: instant.nullable(),
  /** What the provider or the network said, in its own words; never holds a secret. */
  error: z.string().nullable(),
  /** It counted as not executed and turned up as paid. */
  late: z.boolean(),
});

/** A check made for the approver, with the numbers it was made on. */
const check = z.object({
  name: z.enum(['funds_held', 'destination_current', 'provider_running', 'member_in_flight']),
  result: z.enum(['ok', 'attention', 'failed']),
  observed: z.string(),
});

/** What its approval stands under, and what it still lacks. */
const quorumView = z.object({
  /** Null where it was asked for before there was a policy. */
  tier: z.object({ no: z.int(), of: z.int(), version: z.string() }).nullable(),
  escalated: z.boolean(),
  missing: z.object({ people: z.int(), groups: z.array(approverGroup), join: z.enum(['all', 'any']) }),
  /** How many people it takes at the least once the caller has voted. */
  leftAfterYours: z.int(),
  /** For so long the last of them can still call it back. */
  cancelWindowMinutes: z.int(),
  /** Whose vote would bring it nearer. */
  mayVote: z.array(z.object({ id: uuid, name: z.string() })),
  /** Whether all of them together could still bring what is missing. */
  isPossible: z.boolean(),
});

const timelineEntry = z.object({
  at: instant,
  action: z.string(),
  by: actorView,
  reason: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Settled as paid by two people under a name that no list of the pool showed then. */
  unlisted: z.boolean(),
});

/** `true`, or the code of the refusal that the caller would meet. */
export const permission = z.union([z.literal(true), z.string()]);

/** The whole withdrawal, as an approver must see it. */
export const withdrawalView = z.object({
  ...withdrawalCore,
  hold: z.object({ reason: z.string(), note: z.string(), by: z.string(), at: instant }).nullable(),
  /** What keeps it from being sent now, although nothing is wrong with it; who set it and why, where somebody did. */
  stop: z.object({ stop, at: instant.nullable(), by: z.string().nullable(), reason: z.string().nullable() }).nullable(),
  policyVersion: z.string(),
  digest,
  revision: z.int(),
  /** Null once nobody votes any more. */
  quorum: quorumView.nullable(),
  notBefore: instant.nullable(),
  validUntil: instant.nullable(),
  nextAttemptAt: instant.nullable(),
  attempts: z.array(attemptView),
  legs: z.array(leg),
  checks: z.array(check),
  timeline: z.array(timelineEntry),
  /** Two people said that the pool has paid it, and no list of the pool shows that so far. */
  saidByPeople: z.boolean(),
  paidOnce: paidOnceWord.nullable(),
  /** Whom the caller stands in for now: their vote is cast for that person, too. */
  votesFor: standInView.nullable(),
  /** The rule of risk that would refuse the caller's vote now, its line, and what it sees. */
  voteRefusal: z.object({ rule: riskRule, threshold: z.string().nullable(), observed: z.string() }).nullable(),
  /** What the caller may do now, and for what they may not, why. */
  allowed: z.object({
    approve: permission,
    reject: permission,
    cancel: permission,
    hold: permission,
    release: permission,
    edit: permission,
    retry: permission,
    reportPaid: permission,
  }),
});

export const waitingInput = z.strictObject({});

/** How many need a person, counted up to a cap. */
export const waitingView = z.object({
  forMe: z.object({ count: z.int(), exact: z.boolean() }),
  byStatus: z.array(z.object({ status: withdrawalStatus, count: z.int(), exact: z.boolean() })),
});

export type WithdrawalRequestInput = z.infer<typeof withdrawalRequestInput>;
export type WalletMoveInput = z.infer<typeof walletTransitInput>;
export type WithdrawalListInput = z.infer<typeof withdrawalListInput>;
export type WithdrawalFilter = z.infer<typeof withdrawalFilter>;
export type WithdrawalApproveInput = z.infer<typeof withdrawalApproveInput>;
export type WithdrawalRejectInput = z.infer<typeof withdrawalRejectInput>;
export type WithdrawalHoldInput = z.infer<typeof withdrawalHoldInput>;
export type WithdrawalNoteInput = z.infer<typeof withdrawalNoteInput>;
export type AddressRevealInput = z.infer<typeof addressRevealInput>;
export type AddressRevealedView = z.infer<typeof addressRevealedView>;
export type WithdrawalEditInput = z.infer<typeof withdrawalEditInput>;
export type { DestinationType, WithdrawalStatus } from './statuses.ts';
export type WithdrawalRow = z.infer<typeof withdrawalRow>;
export type WithdrawalSummary = z.infer<typeof withdrawalSummary>;
export type WithdrawalPage = z.infer<typeof withdrawalPage>;
export type WithdrawalView = z.infer<typeof withdrawalView>;
export type WaitingView = z.infer<typeof waitingView>;
