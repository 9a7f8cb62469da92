import { createHash, randomBytes } from 'node:crypto';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { databaseNow } from '#server/database/database-now.ts';
import { sql } from '#server/database/sql.ts';
import { refuseNewcomer } from '#server/dual-control/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type {
  ApiKeyChangeInput,
  ApiKeyCreatedView,
  ApiKeyCreateInput,
  ApiKeyRotatedView,
  ApiKeyRotateInput,
  ApiKeyView,
} from '../contract.ts';
import { ApiKey, ApiKeySecret } from './api-key.entity.ts';
import { listApiKeys } from './api-key-list.ts';

/** `csk_` and 256 random bits: nothing to guess, so a plain hash is enough to keep. */
const PREFIX = 'csk_';
const SECRET_BYTES = 32;

export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');

type Recorded = Pick<Parameters<AuditTrail['record']>[0], 'by' | 'before' | 'after'>;

/**
 * Keys of platform backends: kept as hashes, shown once, replaced without a gap. Since when and until when each secret works is
 * by the database's clock: who could ask with it is compared with when something was asked. Needs a transaction.
 */
export class ApiKeyService {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;

  constructor(deps: { em: EntityManager; audit: AuditTrail }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
  }

  list(): Promise<ApiKeyView[]> {
    return listApiKeys(this.#em);
  }

  /** Whoever holds a key could ask with it. Throws `auth.newcomer`. */
  async create(input: ApiKeyCreateInput, by: ActingParty): Promise<ApiKeyCreatedView> {
    refuseNewcomer(by);
    const id = newId();
    const { name, callsPerMinute, expiresAt = null } = input;
    const [scopes, addresses] = [[...new Set(input.scopes)], [...new Set(input.addresses)]];
    this.#em.persist(
      this.#em.create(ApiKey, {
        ...{ id, name, scopes, addresses, callsPerMinute },
        createdBy: by.id,
        createdAt: await databaseNow(this.#em),
        expiresAt: expiresAt ? new Date(expiresAt) : null,
        lastUsedAt: null,
        lastUsedIp: null,
        lastRefusedAt: null,
        lastRefusedIp: null,
        revokedAt: null,
        endTold: null,
      }),
    );
    this.#record('created', id, { by, after: { name, scopes, expiresAt, addresses, callsPerMinute } });
    return { id, key: await this.#newSecret(id, by) };
  }

  /**
   * Another secret for the same key. The one in use works on for `overlapHours`, so that nobody has to change everything
   * in the same second; one that was on its way out already ends now. Throws `auth.newcomer`,
   * `api_key.not_found`, `api_key.revoked`.
   */
  async rotate({ id, overlapHours }: ApiKeyRotateInput, by: ActingParty): Promise<ApiKeyRotatedView> {
    refuseNewcomer(by);
    const key = await this.#working(id);
    const [row] = await sql<{ until: Date }>(
      this.#em,
      `with ended as (
         update api_key_secrets
         set expires_at = case when expires_at is null then now() + make_interval(hours => ?) else now() end
         where api_key_id = ? and (expires_at is null or expires_at > now()))
       select now() + make_interval(hours => ?) as until`,
      [overlapHours, id, overlapHours],
    );
    const previousUntil = new Date(row?.until ?? 0).toISOString();
    this.#record('rotated', id, { by, after: { name: key.name, previousUntil } });
    return { id, key: await this.#newSecret(id, by), previousUntil };
  }

  /** Throws `api_key.not_found`, `api_key.revoked`. */
  async change({ id, name, addresses, callsPerMinute, expiresAt }: ApiKeyChangeInput, by: ActingParty): Promise<void> {
    const key = await this.#working(id);
    const before = facts(key);
    key.name = name;
    key.addresses = [...new Set(addresses)];
    key.callsPerMinute = callsPerMinute;
    key.expiresAt = expiresAt ? new Date(expiresAt) : null;
    this.#record('changed', id, { by, before, after: facts(key) });
  }

  /** From the next request on the key opens nothing. Throws `api_key.not_found`. */
  async revoke(id: string, by: ActingParty): Promise<void> {
    const key = await this.#locked(id);
    if (key.revokedAt) return;
    key.revokedAt = await databaseNow(this.#em);
    this.#record('revoked', id, { by, after: { name: key.name } });
  }

  async #newSecret(apiKeyId: string, by: ActingParty): Promise<string> {
    const key = PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
    this.#em.persist(
      this.#em.create(ApiKeySecret, {
        ...{ id: newId(), apiKeyId, hash: hashOfKey(key), shownTo: by.id },
        createdAt: await databaseNow(this.#em),
        expiresAt: null,
        lastUsedAt: null,
      }),
    );
    return key;
  }

  async #locked(id: string): Promise<ApiKey> {
    const key = await this.#em.findOne(ApiKey, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!key) throw new DomainError('api_key.not_found', 'there is no such key', { detail: { id } });
    return key;
  }

  async #working(id: string): Promise<ApiKey> {
    const key = await this.#locked(id);
    if (key.revokedAt) throw new DomainError('api_key.revoked', 'this key has been revoked', { detail: { id } });
    return key;
  }

  #record(what: string, id: string, { by, ...facts }: Recorded): void {
    this.#audit.record({ action: `api_key.${what}`, subject: { type: 'api_key', id }, by, ...facts });
  }
}

const facts = ({ name, addresses, callsPerMinute, expiresAt }: ApiKey) => ({
  ...{ name, addresses: [...addresses], callsPerMinute },
  expiresAt: expiresAt?.toISOString() ?? null,
});
