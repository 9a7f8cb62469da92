import { decides } from '#server/kernel/actor.ts';

/** The words of notifications: the screen, the log and the tables use the same. */

export const SEVERITIES = ['critical', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Who may acknowledge a notification for everybody, give it to somebody, or have it told again. */
export const mayTakeUp = (role: string, severity: Severity): boolean =>
  decides(role) || (role === 'support' && severity !== 'critical');

/** What is announced of a withdrawal: the status it came to, and what else was done to it. */
export const WITHDRAWAL_EVENT_TYPES = [
  'withdrawal.pending',
  'withdrawal.approved_pending',
  'withdrawal.approved',
  'withdrawal.retrying',
  'withdrawal.submitted',
  'withdrawal.pending_transit',
  'withdrawal.manual_review',
  'withdrawal.completed',
  'withdrawal.failed',
  'withdrawal.rejected',
  'withdrawal.cancelled',
  'withdrawal.edited',
  'withdrawal.held',
  'withdrawal.released',
  /** The platform, or two people for it, said that the member has been paid. */
  'withdrawal.reported_paid',
  /** An attempt that counted as not executed turned out to be paid. */
  'withdrawal.late',
  /** The provider took a payment back, and people have booked it. */
  'withdrawal.taken_back',
] as const;
export type WithdrawalEventType = (typeof WITHDRAWAL_EVENT_TYPES)[number];

/** What is announced of everything else. */
export const SYSTEM_EVENT_TYPES = [
  'withdrawal.escalated',
  'withdrawal.hold_aged',
  /** Asked for, and the people there are cannot bring the votes that its tier needs. */
  'withdrawal.too_few_approvers',
  'policy.proposed',
  /** A version has taken effect. */
  'policy.changed',
  /** A proposal was taken back or refused. */
  'policy.refused',
  /** Somebody was made finance or administrator, and counts as one of several people from a moment on. */
  'operator.right_given',
  /** An API key ends within days. */
  'api_key.expires',
  /** Hours have passed and nobody knows yet whether a payout was made. */
  'payout.unresolved',
  'incident.opened',
  'incident.closed',
  /** A run saw what nobody had seen before. */
  'reconciliation.differences',
  /** The books say that something is missing. */
  'books.alarm',
  /** For an hour and more the pool has refused to give the figures of a day that is over. */
  'mining.day_refused',
  'system.frozen',
  'system.unfrozen',
  'provider.paused',
  'provider.resumed',
  /** The provider refuses a wallet's key or address: nothing leaves it. What an incident pauses is told as that. */
  'wallet.paused',
  'wallet.resumed',
  'breaker.opened',
  'breaker.closed',
  /** A row that somebody else put into the record of who did what. */
  'audit.foreign_row',
  /** For more than a minute no signed head of the record has left. */
  'audit.export_failed',
  'audit.export_resumed',
  /** Somebody signed in from where they never had: told to them alone. */
  'operator.new_device',
  /** Somebody registered an authenticator app or a passkey: told to them alone, for it may not have been them. */
  'operator.second_factor_set_up',
  'operator.passkey_added',
  /** The right to approve was handed on, or that has ended: told to both of them alone. */
  'delegation.given',
  'delegation.ended',
  /** Somebody voted for whom they stand in for: told to that person alone. */
  'delegation.voted',
  /** Somebody could not be told for days. */
  'delivery.given_up',
  /** Nobody has acknowledged a notification for too long, or a person wants it seen now. */
  'notification.escalated',
  /** An administrator tries an endpoint. */
  'webhook.test',
] as const;

export const EVENT_TYPES = [...WITHDRAWAL_EVENT_TYPES, ...SYSTEM_EVENT_TYPES] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What an announcement can be about. */
export const NOTIFICATION_SUBJECTS = [
  'withdrawal',
  'incident',
  'system',
  'provider',
  'delivery',
  'notification',
  'webhook',
  'reconciliation',
  'books',
  'audit',
  'operator',
  'mining',
  'policy',
  'asset',
  'wallet',
  'ledger',
  'api_key',
  'allow_list',
  'freeze',
  'difference',
  'call',
] as const;
export type NotificationSubject = (typeof NOTIFICATION_SUBJECTS)[number];

export const NOTIFICATION_VIEWS = ['open', 'mine', 'all'] as const;
export type NotificationListView = (typeof NOTIFICATION_VIEWS)[number];

/** Ways out: the alert webhook and e-mail for people, signed webhooks for platforms. */
export const CHANNELS = ['alerts', 'email', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

export const DELIVERY_STATUSES = ['pending', 'delivered', 'given_up'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];
