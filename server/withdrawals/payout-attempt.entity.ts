import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import { type AttemptEvent, type AttemptMove, attemptMove } from './attempt-moves.ts';
import { LEASE_SLACK_MS } from './payout-policy.ts';
import type { AttemptStatus, WithdrawalKind } from './statuses.ts';

const attemptSchema = defineEntity({
  name: 'PayoutAttempt',
  tableName: 'payout_attempts',
  properties: {
    id: column.id(),
    withdrawalId: column.uuid(),
    no: p.integer(),
    kind: column.text().$type<WithdrawalKind>(),
    provider: column.text().$type<ProviderName>(),
    /** The wallet it leaves; null for the pool. While the attempt is open the wallet's one slot is its. */
    walletId: column.uuid().nullable(),
    toAddress: column.text(),
    asset: column.text(),
    amount: column.amount(),
    digest: column.text(),
    status: column.text().$type<AttemptStatus>(),
    /** The provider's own name for the payment: the pool's withdrawal id, or a transaction's hash. */
    reference: column.text().nullable(),
    /** A transit's name, until its hash is known and proven. */
    token: column.text().nullable(),
    /** The hash of a transit's gas payment. */
    feeReference: column.text().nullable(),
    /** SHA-256 in hex of the secret in a transit's callback address. */
    callbackHash: column.text().nullable(),
    /** What was seen before the fence: the pool's rows of this amount, or the wallet's balances. */
    before: column.json<Json>().nullable(),
    /** What the provider held when it was fenced, since when what is out counts against that, and the fee of each; null when not known. */
    coveredSince: column.instant().nullable(),
    coveredAmount: column.amount().nullable(),
    coveredFee: column.amount().nullable(),
    /** What an hour may send of the asset; null where nothing limits it. The database holds it at the commit. */
    hourLimit: column.amount().nullable(),
    worker: column.text(),
    fencedAt: column.instant(),
    /** Past this instant the first byte must not leave any more. */
    sendBy: column.instant(),
    /** Past this instant the sender is taken for lost, and the outcome for unknown. */
    leaseUntil: column.instant(),
    /** Whether it counts towards the attempts a withdrawal may have; a blocked one does not. */
    counted: p.boolean(),
    error: column.text().nullable(),
    /** Past this instant without a final word, people look. */
    deadlineAt: column.instant(),
    /** When the pool first said that it failed; believed on the second reading. */
    failedSeenAt: column.instant().nullable(),
    looks: p.integer(),
    lookedAt: column.instant().nullable(),
    /** When it is looked at next, by the job of that very moment. */
    nextLookAt: column.instant().nullable(),
    endedAt: column.instant().nullable(),
    /** Ended by two people and not by what the provider said. */
    closedByPeople: p.boolean(),
    /** It was taken for not executed, and then it showed up as paid. */
    lateAt: column.instant().nullable(),
    /** The provider took back what it had shown as paid. */
    takenBackAt: column.instant().nullable(),
    updatedAt: column.instant(),
    version: p.integer().version(),
  },
});

/** One try to pay. Its row is the fence: committed before the provider is called. */
export class PayoutAttempt extends attemptSchema.class {
  money(): Amount {
    return Amount.fromDecimal(this.asset, this.amount);
  }

  /** By then its one sender had its answer, or will not get one any more. */
  replyDueAt(): Date {
    const deadlineMs = Math.max(0, this.leaseUntil.getTime() - this.fencedAt.getTime() - LEASE_SLACK_MS);
    return new Date(this.sendBy.getTime() + deadlineMs);
  }

  move(event: AttemptEvent, at: Date): AttemptMove {
    const move = attemptMove(event, this.status);
    this.status = move.to;
    this.updatedAt = at;
    if (move.to === 'not_executed' || move.to === 'confirmed') this.endedAt = at;
    return move;
  }
}
attemptSchema.setClass(PayoutAttempt);

export type EvidenceKind = 'reply' | 'history' | 'before' | 'callback' | 'receipt' | 'balance' | 'document';

const evidenceSchema = defineEntity({
  name: 'PayoutEvidence',
  tableName: 'payout_evidence',
  properties: {
    id: column.id(),
    attemptId: column.uuid(),
    kind: column.text().$type<EvidenceKind>(),
    body: column.json<Json>(),
    at: column.instant(),
  },
});

/** What was seen of an attempt, in the order it was seen. Append-only, and never fenced. */
export class PayoutEvidence extends evidenceSchema.class {}
evidenceSchema.setClass(PayoutEvidence);
