import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Requirement } from '#server/policies/index.ts';
import { withdrawalDigest } from './digest.ts';
import type { DestinationType, WaitReason, WithdrawalKind, WithdrawalStatus } from './statuses.ts';
import { type WithdrawalEvent, type WithdrawalMove, withdrawalMove } from './withdrawal-moves.ts';

const HOUR_MS = 3_600_000;

const schema = defineEntity({
  name: 'Withdrawal',
  tableName: 'withdrawals',
  properties: {
    id: column.id(),
    kind: column.text().$type<WithdrawalKind>(),
    memberId: column.text(),
    walletId: column.uuid().nullable(),
    asset: column.text(),
    amount: column.amount(),
    destinationAddress: column.text(),
    destinationType: column.text().$type<DestinationType>(),
    status: column.text().$type<WithdrawalStatus>(),
    waitReason: column.text().$type<WaitReason>().nullable(),
    /** The version of the policy that its approval is under, and the tier of it. */
    policyVersion: column.text(),
    /** Null where it was asked for before there were policies. */
    policyTier: p.integer().nullable(),
    approvalsRequired: p.integer(),
    /** A finding about it asked for the strictest tier; it stays so. */
    escalated: p.boolean(),
    /** A round of votes that nobody ends is over after so long. */
    expiresAfterHours: p.integer(),
    revision: p.integer(),
    /** The revision whose HOLD set the money aside; a RELEASE carries the same. */
    heldRevision: p.integer(),
    digest: column.text(),
    reference: column.text().nullable(),
    holdReason: column.text().nullable(),
    holdNote: column.text().nullable(),
    holdBy: column.text().nullable(),
    holdAt: column.instant().nullable(),
    requestedByType: column.text().$type<'operator' | 'api_key'>(),
    requestedById: column.uuid(),
    requestedAt: column.instant(),
    /** Who last changed what is asked for; they do not approve it. */
    editedBy: column.uuid().nullable(),
    expiresAt: column.instant(),
    approvedAt: column.instant().nullable(),
    notBefore: column.instant().nullable(),
    validUntil: column.instant().nullable(),
    nextAttemptAt: column.instant().nullable(),
    updatedAt: column.instant(),
    version: p.integer().version(),
  },
});

/** When this session locked each row, or made it. */
const LOCKED_AT = new WeakMap<object, Date>();

/** A member's request to take money out, from the asking to the end. Only its own verbs change its status. */
export class Withdrawal extends schema.class {
  money(): Amount {
    return Amount.fromDecimal(this.asset, this.amount);
  }

  /** Whoever locks or makes the row says when it did, by the database's clock. */
  lockedAt(at: Date): void {
    LOCKED_AT.set(this, at);
  }

  /** When what is done to it now is done: by the database's clock, since two processes need not agree on the time. */
  now(): Date {
    const at = LOCKED_AT.get(this);
    if (!at) throw new TypeError('a withdrawal is locked before it is changed');
    return at;
  }

  /** What an approver signs, computed from the row as it stands; it must equal the stored one before anything is sent. */
  currentDigest(): string {
    return withdrawalDigest(this);
  }

  /** What approvals are from now on asked for by; the caller voids those given before. */
  stand({ version, tier, needs, expiresAfterHours }: Requirement): void {
    this.policyVersion = version;
    this.policyTier = tier;
    this.approvalsRequired = needs.approvals;
    this.expiresAfterHours = expiresAfterHours;
  }

  /** When a round of votes that begins now is over. */
  expiryFrom(at: Date): Date {
    return new Date(at.getTime() + this.expiresAfterHours * HOUR_MS);
  }

  /** Takes the one row of the state machine that fits, or throws `TypeError`: callers check first what may be refused. */
  move(event: WithdrawalEvent): WithdrawalMove {
    const at = this.now();
    const move = withdrawalMove(event, this.status);
    if (move.to !== 'same') {
      this.status = move.to;
      this.waitReason = null;
      this.nextAttemptAt = null;
    }
    if (move.votesVoid) voidVotes(this, at);
    this.updatedAt = at;
    return move;
  }

  /** A mark beside the status. */
  hold(facts: { readonly reason: string; readonly note: string; readonly by: string; readonly at: Date }): void {
    this.holdReason = facts.reason;
    this.holdNote = facts.note;
    this.holdBy = facts.by;
    this.holdAt = facts.at;
  }

  /** A round of votes stood still meanwhile: what was left of it when it was stopped is left again. */
  release(): void {
    if (this.holdAt) {
      const leftMs = this.expiresAt.getTime() - this.holdAt.getTime();
      this.expiresAt = earlier(new Date(this.now().getTime() + leftMs), this.expiryFrom(this.now()));
    }
    this.holdReason = null;
    this.holdNote = null;
    this.holdBy = null;
    this.holdAt = null;
  }

  /** Approved, but not to be sent right now; without a reason it is only a moment. */
  wait(reason: WaitReason | null, until: Date, at: Date): void {
    this.waitReason = reason;
    this.nextAttemptAt = until;
    this.updatedAt = at;
  }
}
schema.setClass(Withdrawal);

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

/** Another revision has another digest: no vote counts for it, and no sheet that is still open can approve it. */
function voidVotes(withdrawal: Withdrawal, at: Date): void {
  withdrawal.revision += 1;
  withdrawal.digest = withdrawal.currentDigest();
  withdrawal.expiresAt = withdrawal.expiryFrom(at);
  withdrawal.approvedAt = null;
  withdrawal.notBefore = null;
  withdrawal.validUntil = null;
}
