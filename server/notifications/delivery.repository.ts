import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { databaseNow } from '#server/database/database-now.ts';
import { sql } from '#server/database/sql.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import { Delivery } from './delivery.entity.ts';
import { isForOnePerson } from './event-rules.ts';
import { Notification } from './notification.entity.ts';
import { NotificationEvent } from './notification-event.entity.ts';
import type { Channel } from './statuses.ts';
import { WebhookEndpoint } from './webhook-endpoint.entity.ts';

export interface Receiver {
  readonly channel: Channel;
  readonly endpointId: string | null;
}

/** Loads and keeps what is on its way. Lock order for everybody: events, deliveries. */
export class DeliveryRepository {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /**
   * The events of the given ones' subjects that nobody has passed on yet, locked, oldest first, up to these. Whoever waited
   * for the lock finds none: each event is passed on once, and never before an earlier one of its subject.
   */
  async takeWaiting(eventIds: readonly string[]): Promise<{ events: NotificationEvent[]; now: Date }> {
    const rows = await sql<{ taken_at: Date | string }>(
      this.#em,
      `select e.*, clock_timestamp() as taken_at from notification_events e
       where e.fanned_out_at is null and exists (
         select 1 from notification_events last where last.id = any(?::uuid[])
           and e.subject_type = last.subject_type and e.subject_id = last.subject_id and e.seq <= last.seq)
       order by e.seq for update of e`,
      [eventIds],
    );
    const events = rows.map(({ taken_at: _, ...row }) => this.#em.map(NotificationEvent, row));
    return { events, now: new Date(rows[0]?.taken_at ?? 0) };
  }

  /** Those of the events that somebody must acknowledge in time. */
  async toEscalate(events: readonly NotificationEvent[]): Promise<{ id: string; escalateAt: Date }[]> {
    if (events.length === 0) return [];
    const found = await this.#em.find(Notification, { id: { $in: events.map(({ id }) => id) } });
    return found.flatMap(({ id, escalateAt }) => (escalateAt ? [{ id, escalateAt }] : []));
  }

  event(id: string): Promise<NotificationEvent> {
    return this.#em.findOneOrFail(NotificationEvent, { id });
  }

  endpoints(): Promise<WebhookEndpoint[]> {
    return this.#em.find(WebhookEndpoint, { revokedAt: null });
  }

  findEndpoint(id: string): Promise<WebhookEndpoint | null> {
    return this.#em.findOne(WebhookEndpoint, { id });
  }

  add(event: NotificationEvent, { channel, endpointId }: Receiver, now: Date): Delivery {
    const delivery = this.#em.create(Delivery, {
      id: newId(),
      eventId: event.id,
      channel,
      endpointId,
      lane: [channel, endpointId ?? '', event.subjectType, event.subjectId].join(':'),
      eventSeq: event.seq ?? '0',
      status: 'pending',
      tries: 0,
      nextAt: now,
      leaseUntil: null,
      giveUpAt: null,
      lastTriedAt: null,
      httpStatus: null,
      error: null,
      durationMs: null,
      deliveredAt: null,
      createdAt: now,
    });
    this.#em.persist(delivery);
    return delivery;
  }

  /** The first one of a lane that has not arrived, locked; whoever held it before has finished with it. */
  async lockHead(lane: string): Promise<Delivery | null> {
    for (;;) {
      const [head] = await sql<{ id: string }>(
        this.#em,
        `select id from notification_deliveries where lane = ? and status = 'pending' order by event_seq limit 1`,
        [lane],
      );
      if (!head) return null;
      const delivery = await this.lock(head.id);
      if (delivery.status === 'pending') return delivery;
    }
  }

  /** Errors: `delivery.not_found`. */
  async lock(id: string): Promise<Delivery> {
    const delivery = await this.#em.findOne(Delivery, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
    if (!delivery) throw new DomainError('delivery.not_found', 'there is no such delivery', { detail: { id } });
    return delivery;
  }

  async hasMore({ lane, id }: Delivery): Promise<boolean> {
    const text = `select 1 from notification_deliveries where lane = ? and status = 'pending' and id <> ? limit 1`;
    return (await sql(this.#em, text, [lane, id])).length > 0;
  }

  /** Who reads it: people who can act on it, or the one person it is about. */
  async recipients({ type, subjectId }: NotificationEvent): Promise<string[]> {
    const [who, values] = isForOnePerson(type) ? ['id::text = ?', [subjectId]] : [`role in ('finance', 'admin')`, []];
    const rows = await sql<{ email: string }>(
      this.#em,
      `select email from operators where ${who} and disabled_at is null order by email`,
      values,
    );
    return rows.map(({ email }) => email);
  }

  /** The database's clock: leases and retries are measured by it alone, whichever process asks. */
  async now(): Promise<Date> {
    return databaseNow(this.#em);
  }
}
