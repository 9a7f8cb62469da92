import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import type { ActingParty, Actor } from '#server/kernel/actor.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { Announcer } from './announcer.ts';
import type { DeliveryView, NotificationListInput, NotificationPage, UnreadView } from './contract.ts';
import type { DeliveryRepository } from './delivery.repository.ts';
import { deliveriesOf } from './delivery-list.ts';
import { Notification } from './notification.entity.ts';
import { NotificationEvent } from './notification-event.entity.ts';
import { countUnread, listNotifications } from './notification-list.ts';
import { mayTakeUp } from './statuses.ts';

const OPERATORS_MAX = 500;

/** The console's notification centre: what needs people, who has seen it, whose it is. Every change has its audit row. */
export class NotificationService {
  readonly #em: EntityManager;
  readonly #deliveries: DeliveryRepository;
  readonly #notifications: Announcer;
  readonly #audit: AuditTrail;
  readonly #jobs: JobQueue;
  readonly #clock: Clock;

  constructor(deps: {
    em: EntityManager;
    deliveries: DeliveryRepository;
    notifications: Announcer;
    audit: AuditTrail;
    jobs: JobQueue;
    clock: Clock;
  }) {
    this.#em = deps.em;
    this.#deliveries = deps.deliveries;
    this.#notifications = deps.notifications;
    this.#audit = deps.audit;
    this.#jobs = deps.jobs;
    this.#clock = deps.clock;
  }

  list(input: NotificationListInput, by: Actor): Promise<NotificationPage> {
    return listNotifications(this.#em, input, by.id);
  }

  unread(by: Actor): Promise<UnreadView> {
    return countUnread(this.#em, by.id);
  }

  /** Who may be given a notification: everybody who can act on it. */
  assignees(): Promise<{ id: string; name: string }[]> {
    return sql(
      this.#em,
      `select id, name from operators where disabled_at is null and role <> 'auditor' order by name, id limit ?`,
      [OPERATORS_MAX],
    );
  }

  /**
   * Seen, by one person for everybody; whoever comes second changes nothing. Errors: `notification.not_found`, and
   * `auth.forbidden` for whom it is not to take up, here and below.
   */
  async acknowledge(id: string, by: ActingParty): Promise<void> {
    const notification = await this.#lockFor(by, id);
    if (!notification.acknowledgedAt) {
      notification.acknowledge(by.id, this.#clock.now());
      this.#record({ action: 'notification.acknowledged', id, by });
    }
  }

  /** Errors: `notification.not_found`, `operator.not_found`. */
  async assign({ id, operatorId }: { id: string; operatorId: string | null }, by: ActingParty): Promise<void> {
    if (operatorId && !(await this.assignees()).some((each) => each.id === operatorId)) {
      throw new DomainError('operator.not_found', 'there is no such operator who could act', {
        detail: { operatorId },
      });
    }
    const notification = await this.#lockFor(by, id);
    const before = { assignedTo: notification.assignedTo ?? null };
    if (before.assignedTo !== operatorId) {
      notification.assign(operatorId, this.#clock.now());
      this.#record({ action: 'notification.assigned', id, by, before, after: { assignedTo: operatorId } });
    }
  }

  /** Told once more to everybody, now. Errors: `notification.not_found`, `notification.acknowledged`. */
  async escalate(id: string, by: ActingParty): Promise<void> {
    const notification = await this.#lockFor(by, id);
    if (notification.acknowledgedAt) {
      throw new DomainError('notification.acknowledged', 'somebody has acknowledged it already', { detail: { id } });
    }
    await this.#escalate(notification, by);
  }

  /** The job: nobody has acknowledged it for half a day. */
  async escalateIfDue(id: string, by: ActingParty): Promise<void> {
    const notification = await this.#lock(id);
    if (notification.acknowledgedAt || notification.escalatedAt || !notification.escalateAt) return;
    if (this.#clock.now() < notification.escalateAt) {
      await this.#jobs.send('notifications.escalate', { notificationId: id }, { startAfter: notification.escalateAt });
      return;
    }
    await this.#escalate(notification, by);
  }

  /** The log of who was told of it. */
  deliveries(id: string): Promise<DeliveryView[]> {
    return deliveriesOf(this.#em, id);
  }

  /** Sends it (again), whatever came of it before: receivers know an event by its id. Errors: `delivery.not_found`. */
  async resend(deliveryId: string, by: ActingParty): Promise<void> {
    const delivery = await this.#deliveries.lock(deliveryId);
    const before = { status: delivery.status, tries: delivery.tries };
    delivery.sendAgain(await this.#deliveries.now());
    await this.#jobs.send('notifications.deliver', { lane: delivery.lane });
    this.#audit.record({
      action: 'notification.resent',
      subject: { type: 'notification', id: delivery.eventId },
      by,
      before,
      after: { delivery: deliveryId, channel: delivery.channel },
    });
  }

  async #escalate(notification: Notification, by: ActingParty): Promise<void> {
    const event = await this.#em.findOneOrFail(NotificationEvent, { id: notification.id });
    notification.escalate(by.type === 'operator' ? by.id : null, this.#clock.now());
    const { withdrawalId, asset, amount } = event;
    this.#notifications.announce({
      type: 'notification.escalated',
      subject: { type: 'notification', id: event.id },
      reason: event.type,
      about: { ...(withdrawalId && { withdrawalId }), ...(asset && { asset }), ...(amount && { amount }) },
    });
    this.#record({ action: 'notification.escalated', id: event.id, by });
  }

  /** What is critical is taken up by those who decide: once acknowledged it is gone from everybody's list. */
  async #lockFor(by: ActingParty, id: string): Promise<Notification> {
    const notification = await this.#lock(id);
    if (by.type === 'operator' && !mayTakeUp(by.role, notification.severity)) {
      throw new DomainError('auth.forbidden', 'finance or an administrator takes this up', { detail: { id } });
    }
    return notification;
  }

  async #lock(id: string): Promise<Notification> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const notification = await this.#em.findOne(Notification, { id }, lock);
    if (!notification) {
      throw new DomainError('notification.not_found', 'there is no such notification', { detail: { id } });
    }
    return notification;
  }

  #record(entry: { action: string; id: string; by: ActingParty; before?: Json; after?: Json }): void {
    const { id, ...rest } = entry;
    this.#audit.record({ ...rest, subject: { type: 'notification', id } });
  }
}
