import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import { type AttemptEvent, type AttemptMove, attemptMove } from './machine.ts';
import type { AttemptStatus } from './statuses.ts';

const attemptSchema = defineEntity({
  name: 'PayoutAttempt',
  tableName: 'payout_attempts',
  properties: {
    id: column.id(),
    withdrawalId: column.uuid(),
    no: p.integer(),
    provider: column.text().$type<ProviderName>(),
    asset: column.text(),
    amount: column.amount(),
    digest: column.text(),
    status: column.text().$type<AttemptStatus>(),
    /** The provider's own name for the payment. */
    reference: column.text().nullable(),
    worker: column.text(),
    fencedAt: column.instant(),
    /** Past this instant the first byte must not leave any more. */
    sendBy: column.instant(),
    /** Past this instant the sender is taken for lost, and the outcome for unknown. */
    leaseUntil: column.instant(),
    /** Whether it counts towards the attempts a withdrawal may have; a blocked one does not. */
    counted: p.boolean(),
    error: column.text().nullable(),
    /** When the pool first said that it failed; believed on the second reading. */
    failedSeenAt: column.instant().nullable(),
    looks: p.integer(),
    lookedAt: column.instant().nullable(),
    endedAt: column.instant().nullable(),
    updatedAt: column.instant(),
    version: p.integer().version(),
  },
});

/** One try to pay. Its row is the fence: committed before the provider is called. */
export class PayoutAttempt extends attemptSchema.class {
  money(): Amount {
    return Amount.fromDecimal(this.asset, this.amount);
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

const evidenceSchema = defineEntity({
  name: 'PayoutEvidence',
  tableName: 'payout_evidence',
  properties: {
    id: column.id(),
    attemptId: column.uuid(),
    kind: column.text().$type<'reply' | 'history'>(),
    body: column.json<Json>(),
    at: column.instant(),
  },
});

/** What was seen of an attempt, in the order it was seen. Append-only, and never fenced. */
export class PayoutEvidence extends evidenceSchema.class {}
evidenceSchema.setClass(PayoutEvidence);
