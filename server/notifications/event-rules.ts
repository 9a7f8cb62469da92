import type { EventType, Severity } from './statuses.ts';

export interface EventRule {
  readonly severity: Severity;
  /** `people` see it in the console and are told by webhook and e-mail; `platform` is for programs alone. */
  readonly audience: 'people' | 'platform';
}

const forPlatforms: EventRule = { severity: 'info', audience: 'platform' };
const forPeople = (severity: Severity): EventRule => ({ severity, audience: 'people' });

/** Who is told of what, and how loudly: people only of what needs people. */
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
  'incident.opened': forPeople('critical'),
  'incident.closed': forPeople('info'),
  'system.frozen': forPeople('critical'),
  'system.unfrozen': forPeople('info'),
  'provider.paused': forPeople('critical'),
  'provider.resumed': forPeople('info'),
  'breaker.opened': forPeople('critical'),
  'breaker.closed': forPeople('info'),
};
