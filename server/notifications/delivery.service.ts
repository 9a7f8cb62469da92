import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { Secret } from '#server/kernel/secret.ts';
import { alertMessage } from './alert-message.ts';
import type { Announcer } from './announcer.ts';
import type { Delivery } from './delivery.entity.ts';
import type { DeliveryRepository, Receiver } from './delivery.repository.ts';
import { EVENT_RULES, isForOnePerson, isForPlatforms } from './event-rules.ts';
import type { NotificationEvent } from './notification-event.entity.ts';
import type { AlertMessage, Senders, SendResult, WebhookMessage } from './sender.port.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';
import { webhookBody } from './webhook-payload.ts';

/** Opens what the endpoints' table keeps sealed. */
export interface SecretCipher {
  seal(secret: Secret, ownerId: string): string;
  open(sealed: string, ownerId: string): Secret;
}

/** One message, ready to leave: everything read, nothing locked. */
export interface Parcel {
  readonly deliveryId: string;
  /** Which try this is: a slower worker's result does not count when another has taken over. */
  readonly ticket: number;
  readonly content:
    | { readonly channel: 'alerts'; readonly message: AlertMessage }
    | { readonly channel: 'email'; readonly message: AlertMessage; readonly to: readonly string[] }
    | { readonly channel: 'webhook'; readonly message: WebhookMessage };
}

/**
 * Takes events to their receivers: at least once, in order within a lane, whatever dies in between. Claiming and
 * recording are transactions of their own, sending lies outside: a slow receiver holds no lock.
 */
export class DeliveryService {
  readonly #deliveries: DeliveryRepository;
  readonly #senders: Senders;
  readonly #cipher: SecretCipher;
  readonly #notifications: Announcer;
  readonly #jobs: JobQueue;
  readonly #random: () => number;
  readonly #appUrl: string;

  constructor(deps: {
    deliveries: DeliveryRepository;
    senders: Senders;
    cipher: SecretCipher;
    notifications: Announcer;
    jobs: JobQueue;
    random: () => number;
    appUrl: string;
  }) {
    this.#deliveries = deps.deliveries;
    this.#senders = deps.senders;
    this.#cipher = deps.cipher;
    this.#notifications = deps.notifications;
    this.#jobs = deps.jobs;
    this.#random = deps.random;
    this.#appUrl = deps.appUrl;
  }

  /** Works out who is told of events, and of earlier ones of their subjects that nobody has passed on yet. */
  async fanOut(eventIds: readonly string[]): Promise<void> {
    const { events, now } = await this.#deliveries.takeWaiting(eventIds);
    if (events.length === 0) return;
    const endpoints = await this.#deliveries.endpoints();
    const lanes = new Set<string>();
    for (const event of events) {
      for (const receiver of this.#receivers(event, endpoints)) {
        lanes.add(this.#deliveries.add(event, receiver, now).lane);
      }
      event.fannedOutAt = now;
    }
    const shown = events.filter(({ type }) => EVENT_RULES[type].console);
    for (const { id, escalateAt } of await this.#deliveries.toEscalate(shown)) {
      await this.#jobs.send('notifications.escalate', { notificationId: id }, { startAfter: escalateAt });
    }
    for (const lane of lanes) await this.#jobs.send('notifications.deliver', { lane });
  }

  /** The next message of a lane, for this worker alone until its lease ends; null when there is nothing to send now. */
  async claim(lane: string): Promise<Parcel | null> {
    const delivery = await this.#deliveries.lockHead(lane);
    if (!delivery) return null;
    const now = await this.#deliveries.now();
    const wait = [delivery.leaseUntil, delivery.nextAt].find((until) => until && now < until);
    if (wait) {
      // Somebody is sending it, or it has failed a moment ago. If whoever it was has died, this job finds it.
      await this.#deliverAt(lane, wait);
      return null;
    }
    const content = await this.#content(delivery, now);
    if (!content) {
      delivery.drop('no_receiver');
      await this.#continue(delivery, now);
      return null;
    }
    delivery.begin(now);
    return { deliveryId: delivery.id, ticket: delivery.tries, content };
  }

  /** Outside any transaction. */
  send({ content }: Parcel): Promise<SendResult> {
    const { alerts, email, webhook } = this.#senders;
    if (content.channel === 'webhook') return webhook(content.message);
    if (content.channel === 'email' && email) return email(content.message, content.to);
    if (content.channel === 'alerts' && alerts) return alerts(content.message);
    return Promise.resolve({ kind: 'failed', error: 'not_configured', durationMs: 0 });
  }

  /** What a try came to. A success counts whoever reports it; a failure only of the worker whose turn it still is. */
  async record({ deliveryId, ticket }: Parcel, result: SendResult): Promise<void> {
    const delivery = await this.#deliveries.lock(deliveryId);
    const isLate = delivery.status !== 'pending' || delivery.tries !== ticket;
    if (isLate && (result.kind === 'failed' || delivery.status !== 'pending')) return;
    const now = await this.#deliveries.now();
    delivery.end(result, now, this.#random);
    if (delivery.status === 'given_up') this.#announceGivenUp(delivery);
    await this.#continue(delivery, now);
  }

  /** Whatever of the lane comes next has a job in the same commit. */
  async #continue(delivery: Delivery, now: Date): Promise<void> {
    if (delivery.status === 'pending') await this.#deliverAt(delivery.lane, delivery.nextAt);
    else if (await this.#deliveries.hasMore(delivery)) await this.#deliverAt(delivery.lane, now);
  }

  #deliverAt(lane: string, startAfter: Date): Promise<string> {
    return this.#jobs.send('notifications.deliver', { lane }, { startAfter });
  }

  #announceGivenUp({ id, channel, error, httpStatus }: Delivery): void {
    this.#notifications.announce({
      type: 'delivery.given_up',
      subject: { type: 'delivery', id },
      reason: [channel, error, httpStatus].filter(Boolean).join(' '),
    });
  }

  *#receivers(event: NotificationEvent, endpoints: readonly WebhookEndpoint[]): Generator<Receiver> {
    const isForAll = event.forPeople && !isForOnePerson(event.type);
    if (isForAll && this.#senders.alerts) yield { channel: 'alerts', endpointId: null };
    if (event.forPeople && this.#senders.email) yield { channel: 'email', endpointId: null };
    for (const endpoint of endpoints) {
      const tried = event.type === 'webhook.test' && event.subjectId === endpoint.id;
      const wanted = isForPlatforms(event.type) && endpoint.wants(event.type);
      if (tried || wanted) yield { channel: 'webhook', endpointId: endpoint.id };
    }
  }

  async #content(delivery: Delivery, now: Date): Promise<Parcel['content'] | null> {
    const event = await this.#deliveries.event(delivery.eventId);
    if (delivery.channel === 'webhook') return this.#webhook(event, delivery.endpointId ?? '', now);
    const message = alertMessage(event, this.#appUrl);
    if (delivery.channel === 'alerts') return this.#senders.alerts && { channel: 'alerts', message };
    const to = await this.#deliveries.recipients(event);
    return this.#senders.email && to.length > 0 ? { channel: 'email', message, to } : null;
  }

  async #webhook(event: NotificationEvent, endpointId: string, now: Date): Promise<Parcel['content'] | null> {
    const endpoint = await this.#deliveries.findEndpoint(endpointId);
    if (!endpoint || endpoint.revokedAt) return null;
    const secrets = endpoint.signingSecrets(now).map((sealed) => this.#cipher.open(sealed, endpointId));
    const message = { eventId: event.id, url: endpoint.url, secrets, body: webhookBody(event) };
    return { channel: 'webhook', message };
  }
}
