import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '#server/kernel/clock.ts';
import { newId } from '#server/kernel/ids.ts';
import { ESCALATE_AFTER_MS } from './delivery-policy.ts';
import { EVENT_RULES } from './event-rules.ts';
import { Notification } from './notification.entity.ts';
import { NotificationEvent } from './notification-event.entity.ts';
import type { EventType, Severity } from './statuses.ts';

export interface Announcement {
  readonly type: EventType;
  /** What it is about. Announcements of one subject are told in the order of their commits. */
  readonly subject: { readonly type: string; readonly id: string };
  /** Where the type's own does not fit. */
  readonly severity?: Severity;
  /** The error, or why somebody did it; never a secret. */
  readonly reason?: string | undefined;
  /** People were told of the first of these and need not hear of it again; programs do. */
  readonly repeated?: boolean | undefined;
  readonly withdrawal?: MovedWithdrawal;
  /** What else it touches, where it is not a withdrawal's own change of status. */
  readonly about?: { readonly withdrawalId?: string; readonly asset?: string; readonly amount?: string };
}

export interface MovedWithdrawal {
  readonly id: string;
  readonly memberId: string;
  readonly asset: string;
  /** Decimal text. */
  readonly amount: string;
  /** Where the coins go. */
  readonly target: string;
  readonly requestedAt: Date;
  readonly from: string | null;
  readonly to: string;
}

/**
 * The outbox: says in the commit of a change that it must be told. One insert; who is told, how and how often is worked
 * out after the commit, so that no receiver can hold up money and nothing is told that did not happen.
 */
export class Announcer {
  readonly #em: EntityManager;
  readonly #clock: Clock;

  constructor(deps: { em: EntityManager; clock: Clock }) {
    this.#em = deps.em;
    this.#clock = deps.clock;
  }

  announce({ type, subject, withdrawal, about, ...said }: Announcement): void {
    const rule = EVENT_RULES[type];
    const id = newId();
    const at = this.#clock.now();
    const severity = said.severity ?? rule.severity;
    this.#em.persist(
      this.#em.create(NotificationEvent, {
        id,
        at,
        type,
        severity,
        forPeople: rule.alerts && !said.repeated,
        subjectType: subject.type,
        subjectId: subject.id,
        withdrawalId: withdrawal?.id ?? about?.withdrawalId ?? null,
        memberId: withdrawal?.memberId ?? null,
        asset: withdrawal?.asset ?? about?.asset ?? null,
        amount: withdrawal?.amount ?? about?.amount ?? null,
        target: withdrawal?.target ?? null,
        requestedAt: withdrawal?.requestedAt ?? null,
        fromStatus: withdrawal?.from ?? null,
        toStatus: withdrawal?.to ?? null,
        reason: said.reason ?? null,
        fannedOutAt: null,
      }),
    );
    if (rule.console && !said.repeated) this.#show({ id, at, severity });
  }

  /** Onto the list in the console, where it stays until somebody acknowledges it. */
  #show(event: Pick<NotificationEvent, 'id' | 'at' | 'severity'>): void {
    this.#em.persist(
      this.#em.create(Notification, {
        ...event,
        escalateAt: event.severity === 'info' ? null : new Date(event.at.getTime() + ESCALATE_AFTER_MS),
        acknowledgedAt: null,
        acknowledgedBy: null,
        assignedAt: null,
        assignedTo: null,
        escalatedAt: null,
        escalatedBy: null,
      }),
    );
  }
}
