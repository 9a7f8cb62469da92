/** The words of notifications, free of imports: the screen, the log and the tables use the same. */

export const SEVERITIES = ['critical', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What is announced of a withdrawal: the status it came to. */
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
] as const;

/** What is announced of everything else. */
export const SYSTEM_EVENT_TYPES = [
  'incident.opened',
  'incident.closed',
  'system.frozen',
  'system.unfrozen',
  'provider.paused',
  'provider.resumed',
  'breaker.opened',
  'breaker.closed',
] as const;

export const EVENT_TYPES = [...WITHDRAWAL_EVENT_TYPES, ...SYSTEM_EVENT_TYPES] as const;
export type EventType = (typeof EVENT_TYPES)[number];
