import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import { GIVE_UP_AFTER_MS, retryDelayMs, SENDING_LEASE_MS } from './delivery-policy.ts';
import type { SendResult } from './sender.port.ts';
import type { Channel, DeliveryStatus } from './statuses.ts';

const schema = defineEntity({
  name: 'Delivery',
  tableName: 'notification_deliveries',
  properties: {
    id: column.id(),
    eventId: column.uuid(),
    channel: column.text().$type<Channel>(),
    endpointId: column.uuid().nullable(),
    /** Deliveries of one lane go out one after the other: one channel, one subject. */
    lane: column.text(),
    /** The event's. */
    eventSeq: p.bigint('string'),
    status: column.text().$type<DeliveryStatus>(),
    tries: p.integer().default(0),
    nextAt: column.instant(),
    /** Until then one worker is sending it. */
    leaseUntil: column.instant().nullable(),
    giveUpAt: column.instant().nullable(),
    lastTriedAt: column.instant().nullable(),
    httpStatus: p.integer().nullable(),
    error: column.text().nullable(),
    durationMs: p.integer().nullable(),
    deliveredAt: column.instant().nullable(),
    createdAt: column.instant(),
    version: p.integer().version(),
  },
});

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** One event on its way to one receiver. All instants are the database's. */
export class Delivery extends schema.class {
  /** A worker takes it; the number of the try is its ticket. */
  begin(now: Date): void {
    this.tries += 1;
    this.lastTriedAt = now;
    this.leaseUntil = after(now, SENDING_LEASE_MS);
    this.giveUpAt ??= after(now, GIVE_UP_AFTER_MS);
  }

  /** What a try came to. */
  end(result: SendResult, now: Date, random: () => number): void {
    this.leaseUntil = null;
    this.httpStatus = result.httpStatus ?? null;
    this.durationMs = result.durationMs;
    this.error = result.kind === 'failed' ? result.error : null;
    if (result.kind === 'delivered') {
      this.status = 'delivered';
      this.deliveredAt = now;
      return;
    }
    this.nextAt = after(now, Math.max(retryDelayMs(this.tries, random), result.retryAfterMs ?? 0));
    if (this.giveUpAt && this.nextAt >= this.giveUpAt) this.status = 'given_up';
  }

  /** There is nobody left to tell. */
  drop(error: string): void {
    this.status = 'given_up';
    this.leaseUntil = null;
    this.error = error;
  }

  /** A person wants it sent (again), now. */
  sendAgain(now: Date): void {
    this.status = 'pending';
    this.deliveredAt = null;
    this.giveUpAt = null;
    this.nextAt = now;
  }
}
schema.setClass(Delivery);
