import type { Actor } from '#server/kernel/actor.ts';
import { DomainError, type DomainErrorCode } from '#server/kernel/errors.ts';
import type { WithdrawalStatus } from './statuses.ts';
import { canMove } from './withdrawal-moves.ts';

/** What a decision depends on, whoever asks: the screen for its buttons, the service before it acts. */
export interface Decidable {
  readonly status: WithdrawalStatus;
  readonly requestedByType: string;
  readonly requestedById: string;
  readonly expiresAt: Date;
  readonly notBefore?: Date | null;
  readonly holdAt?: Date | null;
  /** Operators whose votes count for the current revision, in the order they were cast. */
  readonly voters: readonly string[];
  readonly hasOpenAttempt: boolean;
}

const mayDecide = (actor: Actor): boolean =>
  actor.type === 'operator' && (actor.role === 'finance' || actor.role === 'admin');

/** The first reason why this actor may not approve now, or null when they may. */
export function whyNotApprove(withdrawal: Decidable, actor: Actor, now: Date): DomainErrorCode | null {
  if (!canMove('approve', withdrawal.status)) return 'withdrawal.already_decided';
  if (!mayDecide(actor)) return 'auth.forbidden';
  if (withdrawal.holdAt) return 'withdrawal.on_hold';
  if (withdrawal.expiresAt <= now) return 'withdrawal.expired';
  if (isRequester(withdrawal, actor)) return 'withdrawal.self_approval';
  if (withdrawal.voters.includes(actor.id)) return 'withdrawal.duplicate_vote';
  return null;
}

export function whyNotReject(withdrawal: Decidable, actor: Actor): DomainErrorCode | null {
  if (!mayDecide(actor)) return 'auth.forbidden';
  return whyNotStop(withdrawal, 'reject');
}

/** The requester at any time before sending; within the cancel window the last approver as well. */
export function whyNotCancel(withdrawal: Decidable, actor: Actor, now: Date): DomainErrorCode | null {
  const stopped = whyNotStop(withdrawal, 'cancel');
  if (stopped) return stopped;
  const inWindow = withdrawal.notBefore ? now < withdrawal.notBefore : false;
  const lastVoter = inWindow && withdrawal.voters.at(-1) === actor.id;
  return isRequester(withdrawal, actor) || lastVoter ? null : 'withdrawal.not_yours';
}

function whyNotStop(withdrawal: Decidable, event: 'reject' | 'cancel'): DomainErrorCode | null {
  if (withdrawal.hasOpenAttempt) return 'withdrawal.already_dispatched';
  return canMove(event, withdrawal.status) ? null : 'withdrawal.already_decided';
}

const isRequester = (withdrawal: Decidable, actor: Actor): boolean =>
  withdrawal.requestedByType === actor.type && withdrawal.requestedById === actor.id;

const TEXTS: Partial<Record<DomainErrorCode, string>> = {
  'withdrawal.already_decided': 'somebody has decided this withdrawal already',
  'withdrawal.already_dispatched': 'this withdrawal is being sent; it can no longer be stopped here',
  'withdrawal.on_hold': 'this withdrawal is on hold',
  'withdrawal.expired': 'this request has expired',
  'withdrawal.self_approval': 'nobody approves what they requested themselves',
  'withdrawal.duplicate_vote': 'you have approved this withdrawal already; another person must',
  'withdrawal.not_yours': 'only the requester may cancel, or the last approver within the cancel window',
  'auth.forbidden': 'your role may not do this',
};

/** Throws the reason, if there is one. */
export function refuse(code: DomainErrorCode | null, withdrawal: { id: string; status: WithdrawalStatus }): void {
  if (!code) return;
  throw new DomainError(code, TEXTS[code] ?? code, { detail: { id: withdrawal.id, status: withdrawal.status } });
}
