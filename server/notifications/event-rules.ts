import { type EventType, type Severity, WITHDRAWAL_EVENT_TYPES } from './statuses.ts';

export interface EventRule {
  readonly severity: Severity;
  /** Stands in the console's list until somebody acknowledges it. */
  readonly console: boolean;
  /** Told to people by the alert webhook and by e-mail. */
  readonly alerts: boolean;
}

const forPlatforms: EventRule = { severity: 'info', console: false, alerts: false };
const forPeople = (severity: Severity): EventRule => ({ severity, console: true, alerts: true });
const forOwner: EventRule = { severity: 'warning', console: false, alerts: true };
/** Good news: told, but nobody has to do anything. */
const over: EventRule = { severity: 'info', console: false, alerts: true };

/** Who is told of what, and how loudly: people only of what needs people, platforms of every move of a withdrawal. */
export const EVENT_RULES: Readonly<Record<EventType, EventRule>> = {
  'withdrawal.pending': forPlatforms,
  'withdrawal.approved_pending': forPlatforms,
  'withdrawal.approved': forPlatforms,
  'withdrawal.retrying': forPeople('info'),
  'withdrawal.submitted': forPlatforms,
  'withdrawal.pending_transit': forPlatforms,
  'withdrawal.manual_review': forPeople('critical'),
  'withdrawal.completed': forPlatforms,
  'withdrawal.failed': forPeople('warning'),
  'withdrawal.rejected': forPlatforms,
  'withdrawal.cancelled': forPlatforms,
  'withdrawal.edited': forPlatforms,
  'withdrawal.held': forPlatforms,
  'withdrawal.released': forPlatforms,
  'withdrawal.reported_paid': forPlatforms,
  // Of these two people learn by their incidents.
  'withdrawal.late': forPlatforms,
  'withdrawal.taken_back': forPlatforms,
  'withdrawal.escalated': forPeople('critical'),
  'withdrawal.hold_aged': forPeople('warning'),
  'withdrawal.too_few_approvers': forPeople('warning'),
  'policy.proposed': forPeople('warning'),
  'policy.changed': forPeople('warning'),
  'policy.refused': over,
  'operator.right_given': forPeople('warning'),
  'api_key.expires': forPeople('warning'),
  'payout.unresolved': forPeople('critical'),
  'incident.opened': forPeople('critical'),
  'incident.closed': over,
  'reconciliation.differences': forPeople('warning'),
  'books.alarm': forPeople('critical'),
  'mining.day_refused': forPeople('warning'),
  'system.frozen': forPeople('critical'),
  'system.unfrozen': over,
  'provider.paused': forPeople('critical'),
  'provider.resumed': over,
  'wallet.paused': forPeople('critical'),
  'wallet.resumed': over,
  'breaker.opened': forPeople('critical'),
  'breaker.closed': over,
  'audit.foreign_row': forPeople('critical'),
  'audit.export_failed': forPeople('critical'),
  'audit.export_resumed': over,
  'operator.new_device': forOwner,
  'operator.second_factor_set_up': forOwner,
  'operator.passkey_added': forOwner,
  'delegation.given': over,
  'delegation.ended': over,
  'delegation.voted': over,
  // By the console alone: a channel that does not work cannot say so itself.
  'delivery.given_up': { severity: 'warning', console: true, alerts: false },
  // Its notification stands in the list already.
  'notification.escalated': { severity: 'critical', console: false, alerts: true },
  'webhook.test': forPlatforms,
};

/** What is nobody's business but the operator's it is about: by e-mail to them, and to nobody else. */
export const isForOnePerson = (type: EventType): boolean => isOfOwnSignIn(type) || type.startsWith('delegation.');

/** What somebody did at the door who may have been somebody else: the reason says where from. */
export const isOfOwnSignIn = (type: EventType): boolean =>
  type === 'operator.new_device' || type === 'operator.second_factor_set_up' || type === 'operator.passkey_added';

/** What platforms are told of; an endpoint may take fewer. */
export const isForPlatforms = (type: EventType): boolean => WITHDRAWAL_EVENT_TYPES.some((each) => each === type);
