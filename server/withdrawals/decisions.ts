import { groupsOf, type OpenDelegation, standInOf } from '#server/delegations/index.ts';
import { NEWCOMER_TEXT } from '#server/dual-control/index.ts';
import { type Actor, decides } from '#server/kernel/actor.ts';
import { DomainError, type DomainErrorCode } from '#server/kernel/errors.ts';
import { helps, type Needs, type Votes } from '#server/policies/index.ts';
import { RISK_HOLD, type WithdrawalStatus } from './statuses.ts';
import { canMove } from './withdrawal-moves.ts';

/** What a decision depends on, whoever asks: the screen for its buttons, the service before it acts. */
export interface Decidable {
  readonly status: WithdrawalStatus;
  readonly requestedByType: string;
  readonly requestedById: string;
  /** Who last changed the amount. */
  readonly editedBy: string | null;
  readonly expiresAt: Date;
  readonly notBefore?: Date | null;
  readonly holdAt?: Date | null;
  readonly holdReason?: string | null;
  /** Operators whose votes count for the current revision, in the order they were cast. */
  readonly voters: readonly string[];
  readonly hasOpenAttempt: boolean;
}

/** The rule it stands under, and how far its votes have come. */
export interface Quorum {
  readonly needs: Needs;
  readonly votes: Votes;
  /** Rules in force now ask for more: its votes will be void in a moment. */
  readonly tightened: boolean;
  readonly authors: readonly string[];
}

/** What a vote depends on beside that. */
export interface Votable extends Decidable {
  /** The people who asked for it, or could have: by their session, or with an API key that they had been shown. */
  readonly askers: readonly string[];
  readonly quorum: Quorum;
  /** Who stands in for whom now, whoever votes. */
  readonly delegations: readonly OpenDelegation[];
  /** Whom the voters stood in for. */
  readonly represented: readonly string[];
}

const mayDecide = (actor: Actor): boolean => actor.type === 'operator' && decides(actor.role);

const isNewcomer = (actor: Actor): boolean => actor.type === 'operator' && Boolean(actor.countsFrom);

const maySupport = (actor: Actor): boolean =>
  mayDecide(actor) || (actor.type === 'operator' && actor.role === 'support');

/** The first reason why this actor may not approve now, or null when they may. */
export function whyNotApprove(withdrawal: Votable, actor: Actor, now: Date): DomainErrorCode | null {
  if (!canMove('approve', withdrawal.status)) return 'withdrawal.already_decided';
  if (!mayDecide(actor)) return 'auth.forbidden';
  if (isNewcomer(actor)) return 'auth.newcomer';
  if (withdrawal.holdAt) return 'withdrawal.on_hold';
  if (withdrawal.expiresAt <= now) return 'withdrawal.expired';
  if (isAskerOrEditor(withdrawal, actor)) return 'withdrawal.self_approval';
  if (withdrawal.voters.includes(actor.id)) return 'withdrawal.duplicate_vote';
  return whyNotAsPair(withdrawal, actor) ?? whyNotByPolicy(withdrawal, actor);
}

/** Who stands in for somebody votes on nothing that person could not, and the two of them count once. */
function whyNotAsPair(withdrawal: Votable, { id }: Actor): DomainErrorCode | null {
  const { standsFor, stoodInBy } = standInOf(withdrawal.delegations, id);
  const { askers, editedBy, quorum, voters, represented } = withdrawal;
  const delegator = standsFor?.id ?? null;
  if (delegator && [...askers, ...quorum.authors, editedBy].includes(delegator)) return 'withdrawal.delegator_excluded';
  const haveVoted = (people: readonly string[], ...of: (string | null)[]) => people.some((each) => of.includes(each));
  const isPaired = haveVoted(voters, delegator, stoodInBy) || haveVoted(represented, id, delegator);
  return isPaired ? 'withdrawal.pair_voted' : null;
}

function whyNotByPolicy({ quorum, delegations }: Votable, actor: Actor): DomainErrorCode | null {
  if (quorum.tightened) return 'withdrawal.stale_digest';
  if (quorum.authors.includes(actor.id)) return 'withdrawal.policy_author';
  const isWanted = actor.type === 'operator' && helps(quorum.needs, quorum.votes, groupsOf(actor, delegations));
  return isWanted ? null : 'withdrawal.other_group_needed';
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

/** What a mark, a correction or another try depends on beside that. */
export interface Correctable extends Decidable {
  /** An incident about it that people have not decided. */
  readonly openIncident: boolean;
  /** Every attempt so far provably did not run. */
  readonly nothingPaid: boolean;
}

export function whyNotHold(withdrawal: Decidable, actor: Actor): DomainErrorCode | null {
  if (!maySupport(actor)) return 'auth.forbidden';
  return whyNotStop(withdrawal, 'hold') ?? (withdrawal.holdAt ? 'withdrawal.on_hold' : null);
}

/** What a release depends on beside that. */
export interface Releasable extends Correctable, Pick<Votable, 'askers' | 'delegations'> {}

/** A hold that stands for a late payment ends with the decision about it. */
export function whyNotRelease(withdrawal: Releasable, actor: Actor): DomainErrorCode | null {
  if (!maySupport(actor)) return 'auth.forbidden';
  if (!withdrawal.holdAt) return 'withdrawal.not_on_hold';
  const because = withdrawal.holdReason === RISK_HOLD ? whyNotPastRisk(withdrawal, actor) : null;
  return because ?? (withdrawal.openIncident ? 'withdrawal.incident_open' : null);
}

/** A rule of risk wants a person to look: somebody of finance, and not the one who is looked at, nor who stands in for them. */
function whyNotPastRisk(withdrawal: Releasable, actor: Actor): DomainErrorCode | null {
  if (!mayDecide(actor)) return 'auth.forbidden';
  if (isNewcomer(actor)) return 'auth.newcomer';
  const { standsFor } = standInOf(withdrawal.delegations, actor.id);
  const isTheirs = [actor, standsFor].some((person) => person && isAskerOrEditor(withdrawal, person));
  return isTheirs ? 'withdrawal.self_approval' : null;
}

const isAskerOrEditor = (
  { askers, editedBy }: Pick<Votable, 'askers' | 'editedBy'>,
  { id }: Pick<Actor, 'id'>,
): boolean => askers.includes(id) || editedBy === id;

/** Another amount is another request, and whoever asks is one of the people it takes. */
export function whyNotEdit(withdrawal: Decidable, actor: Actor): DomainErrorCode | null {
  if (!mayDecide(actor)) return 'auth.forbidden';
  if (isNewcomer(actor)) return 'auth.newcomer';
  return whyNotStop(withdrawal, 'edit');
}

/** Never while it is not known what became of an attempt, and never what was paid before. */
export function whyNotRetry(withdrawal: Correctable, actor: Actor): DomainErrorCode | null {
  if (!mayDecide(actor)) return 'auth.forbidden';
  if (withdrawal.status === 'manual-review') return 'withdrawal.outcome_unknown';
  if (withdrawal.hasOpenAttempt) return 'withdrawal.already_dispatched';
  if (withdrawal.openIncident) return 'withdrawal.incident_open';
  if (canMove('retry_now', withdrawal.status)) return withdrawal.holdAt ? 'withdrawal.on_hold' : null;
  return canMove('reopen', withdrawal.status) && withdrawal.nothingPaid ? null : 'withdrawal.not_retryable';
}

/** What the report of a member payment depends on. */
export interface Reportable extends Pick<Correctable, 'status' | 'openIncident'> {
  readonly reported: boolean;
  /** Something of it stands in the company account; of what went straight to its target, nothing does. */
  readonly owed: boolean;
}

/** The member was paid out of the company account: said once, of what arrived there. */
export function whyNotReportPaid(withdrawal: Reportable, actor: Actor): DomainErrorCode | null {
  const platform = actor.type === 'api_key' && actor.scopes.includes('withdraw');
  if (!platform && !mayDecide(actor)) return 'auth.forbidden';
  if (!canMove('report_paid', withdrawal.status)) return 'withdrawal.not_completed';
  if (withdrawal.reported) return 'withdrawal.already_reported';
  if (withdrawal.openIncident) return 'withdrawal.incident_open';
  return withdrawal.owed ? null : 'withdrawal.not_completed';
}

function whyNotStop(withdrawal: Decidable, event: 'reject' | 'cancel' | 'hold' | 'edit'): DomainErrorCode | null {
  if (withdrawal.hasOpenAttempt) return 'withdrawal.already_dispatched';
  return canMove(event, withdrawal.status) ? null : 'withdrawal.already_decided';
}

const isRequester = (withdrawal: Decidable, actor: Actor): boolean =>
  withdrawal.requestedByType === actor.type && withdrawal.requestedById === actor.id;

const TEXTS: Partial<Record<DomainErrorCode, string>> = {
  'withdrawal.already_decided': 'somebody has decided this withdrawal already',
  'withdrawal.already_dispatched': 'this withdrawal is being sent; it can no longer be stopped here',
  'withdrawal.on_hold': 'this withdrawal is on hold',
  'withdrawal.not_on_hold': 'this withdrawal is not on hold',
  'withdrawal.incident_open': 'an incident about this withdrawal is open; it is decided first',
  'withdrawal.outcome_unknown': 'it is not known whether this was paid; that is settled first',
  'withdrawal.not_completed': 'nothing of it is in the company account',
  'withdrawal.already_reported': 'this member payment has been reported already',
  'withdrawal.not_retryable': 'this withdrawal cannot be tried again',
  'withdrawal.expired': 'this request has expired',
  'withdrawal.self_approval':
    'nobody approves what they requested or changed themselves, or what was requested with an API key that they hold, nor lets it go on past a rule of risk',
  'withdrawal.duplicate_vote': 'you have approved this withdrawal already; another person must',
  'withdrawal.stale_digest': 'this is no longer what you were shown; look again',
  'withdrawal.other_group_needed': 'enough people of your group have approved; another group must',
  'withdrawal.policy_author': 'who loosened the policy does not approve under it on its first day',
  'withdrawal.delegator_excluded':
    'you stand in for somebody who may not approve this themselves, as its requester or as author of a loosened policy',
  'withdrawal.pair_voted': 'the colleague who stands in for you, or for whom you do, has approved; you count once',
  'withdrawal.not_yours': 'only the requester may cancel, or the last approver within the cancel window',
  'auth.forbidden': 'your role may not do this',
  'auth.newcomer': NEWCOMER_TEXT,
};

/** Throws the reason, if there is one. */
export function refuse(code: DomainErrorCode | null, withdrawal: { id: string; status: WithdrawalStatus }): void {
  if (!code) return;
  throw new DomainError(code, TEXTS[code] ?? code, { detail: { id: withdrawal.id, status: withdrawal.status } });
}
