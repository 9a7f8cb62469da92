import { randomBytes } from 'node:crypto';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import type { Announcer } from './announcer.ts';
import type { WebhookCreateInput, WebhookDeliveriesInput, WebhookDeliveriesPage, WebhookView } from './contract.ts';
import type { SecretCipher } from './delivery.service.ts';
import { deliveriesTo } from './delivery-list.ts';
import { type AddressRule, whyNotWebhookUrl } from './webhook-address.ts';
import { WebhookEndpoint } from './webhook-endpoint.entity.ts';

const ENDPOINTS_MAX = 200;
/** As the Standard Webhooks specification writes it: a prefix and 24 to 64 bytes. */
const SECRET_BYTES = 32;

/** Where platforms are told, and the secrets that prove to them who is telling. */
export class WebhookService {
  readonly #em: EntityManager;
  readonly #cipher: SecretCipher;
  readonly #notifications: Announcer;
  readonly #audit: AuditTrail;
  readonly #clock: Clock;
  readonly #rule: AddressRule;

  constructor(deps: {
    em: EntityManager;
    cipher: SecretCipher;
    notifications: Announcer;
    audit: AuditTrail;
    clock: Clock;
    addressRule: AddressRule;
  }) {
    this.#em = deps.em;
    this.#cipher = deps.cipher;
    this.#notifications = deps.notifications;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#rule = deps.addressRule;
  }

  async list(): Promise<WebhookView[]> {
    const now = this.#clock.now();
    const endpoints = await this.#em.find(
      WebhookEndpoint,
      {},
      { orderBy: { createdAt: 'desc' }, limit: ENDPOINTS_MAX },
    );
    const ids = [...new Set(endpoints.map(({ createdBy }) => createdBy))];
    const people = await sql<{ id: string; name: string }>(
      this.#em,
      'select id, name from operators where id = any(?::uuid[])',
      [ids],
    );
    return endpoints.map((endpoint) => ({
      id: endpoint.id,
      url: endpoint.url,
      description: endpoint.description,
      eventTypes: endpoint.eventTypes,
      createdBy: people.find(({ id }) => id === endpoint.createdBy)?.name ?? endpoint.createdBy,
      createdAt: endpoint.createdAt.toISOString(),
      previousUntil:
        endpoint.previousUntil && now < endpoint.previousUntil ? endpoint.previousUntil.toISOString() : null,
      revokedAt: endpoint.revokedAt?.toISOString() ?? null,
    }));
  }

  /** Errors: `webhook.address_refused`, whose detail says what is wrong with the address. */
  create({ url, description, eventTypes }: WebhookCreateInput, by: ActingParty): { id: string; secret: string } {
    const problem = whyNotWebhookUrl(url, this.#rule);
    if (problem) {
      throw new DomainError('webhook.address_refused', 'nothing is sent to such an address', { detail: { problem } });
    }
    const id = newId();
    const secret = newSecret();
    const wanted = [...new Set(eventTypes)];
    this.#em.persist(
      this.#em.create(WebhookEndpoint, {
        id,
        url: new URL(url).href,
        description,
        eventTypes: wanted,
        sealedSecret: this.#cipher.seal(secret, id),
        previousSealedSecret: null,
        previousUntil: null,
        createdBy: by.id,
        createdAt: this.#clock.now(),
        revokedAt: null,
      }),
    );
    this.#record({
      action: 'webhook.created',
      id,
      by,
      after: { url: new URL(url).origin, description, eventTypes: wanted },
    });
    return { id, secret: secret.reveal() };
  }

  /** A new secret; the old one signs beside it for a day. Errors: `webhook.not_found`, `webhook.revoked`. */
  async rotateSecret(id: string, by: ActingParty): Promise<{ id: string; secret: string }> {
    const endpoint = await this.#lockActive(id);
    const secret = newSecret();
    endpoint.rotate(this.#cipher.seal(secret, id), this.#clock.now());
    this.#record({ action: 'webhook.secret_rotated', id, by });
    return { id, secret: secret.reveal() };
  }

  /** Nothing more is sent there, not even what is waiting. Errors: `webhook.not_found`. */
  async revoke(id: string, by: ActingParty): Promise<void> {
    const endpoint = await this.#lock(id);
    if (endpoint.revokedAt) return;
    endpoint.revokedAt = this.#clock.now();
    this.#record({ action: 'webhook.revoked', id, by });
  }

  /** Puts a test event on its way to this endpoint alone. Errors: `webhook.not_found`, `webhook.revoked`. */
  async test(id: string, by: ActingParty): Promise<void> {
    await this.#lockActive(id);
    this.#notifications.announce({ type: 'webhook.test', subject: { type: 'webhook', id } });
    this.#record({ action: 'webhook.tested', id, by });
  }

  deliveries(input: WebhookDeliveriesInput): Promise<WebhookDeliveriesPage> {
    return deliveriesTo(this.#em, input);
  }

  async #lock(id: string): Promise<WebhookEndpoint> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const endpoint = await this.#em.findOne(WebhookEndpoint, { id }, lock);
    if (!endpoint) throw new DomainError('webhook.not_found', 'there is no such webhook', { detail: { id } });
    return endpoint;
  }

  async #lockActive(id: string): Promise<WebhookEndpoint> {
    const endpoint = await this.#lock(id);
    if (endpoint.revokedAt) throw new DomainError('webhook.revoked', 'this webhook is revoked', { detail: { id } });
    return endpoint;
  }

  #record(entry: { action: string; id: string; by: ActingParty; after?: Record<string, string | string[]> }): void {
    const { id, ...rest } = entry;
    this.#audit.record({ ...rest, subject: { type: 'webhook', id } });
  }
}

const newSecret = (): Secret => new Secret(`whsec_${randomBytes(SECRET_BYTES).toString('base64')}`);
