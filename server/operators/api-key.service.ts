import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import type { ActingParty, ApiKeyActor } from '#server/kernel/actor.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { ApiKeyCreateInput, ApiKeyView } from './contract.ts';
import { ApiKey } from './operator.entity.ts';

/** `csk_` and 256 random bits: nothing to guess, so a plain hash is enough to keep. */
const PREFIX = 'csk_';
const KEY = /^csk_[A-Za-z0-9_-]{43}$/;
/** Last use is written at most so often, so that reading does not mean writing. */
const LAST_USE_EVERY_S = 60;

/** Keys of platform backends: kept as hashes, shown once. */
export class ApiKeyService {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #clock: Clock;

  constructor(deps: { em: EntityManager; audit: AuditTrail; clock: Clock }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
  }

  async create(input: ApiKeyCreateInput, by: ActingParty): Promise<{ id: string; key: string }> {
    const id = newId();
    const key = PREFIX + randomBytes(32).toString('base64url');
    this.#em.persist(
      this.#em.create(ApiKey, {
        id,
        name: input.name,
        hash: hashOf(key),
        scopes: [...new Set(input.scopes)],
        createdBy: by.id,
        createdAt: this.#clock.now(),
        expiresAt: input.expiresAt ? new Date(input.expiresAt) : null,
        lastUsedAt: null,
        revokedAt: null,
      }),
    );
    this.#audit.record({
      action: 'api_key.created',
      subject: { type: 'api_key', id },
      by,
      after: { name: input.name, scopes: input.scopes, expiresAt: input.expiresAt ?? null },
    });
    return { id, key };
  }

  async list(): Promise<ApiKeyView[]> {
    const keys = await this.#em.find(ApiKey, {}, { orderBy: { createdAt: 'desc' }, limit: KEYS_MAX });
    return keys.map((key) => ({
      id: key.id,
      name: key.name,
      scopes: key.scopes,
      createdAt: key.createdAt.toISOString(),
      expiresAt: key.expiresAt?.toISOString() ?? null,
      lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
      revokedAt: key.revokedAt?.toISOString() ?? null,
    }));
  }

  /** From the next request on the key opens nothing. Throws `api_key.not_found`. */
  async revoke(id: string, by: ActingParty): Promise<void> {
    const key = await this.#em.findOne(ApiKey, { id });
    if (!key) throw new DomainError('api_key.not_found', 'there is no such key', { detail: { id } });
    if (key.revokedAt) return;
    key.revokedAt = this.#clock.now();
    this.#audit.record({ action: 'api_key.revoked', subject: { type: 'api_key', id }, by, after: { name: key.name } });
  }

  /** Whose key an `Authorization` header carries; null when it is none of ours, revoked or expired. */
  async actor(authorization: string): Promise<ApiKeyActor | null> {
    const key = authorization.replace(/^Bearer /i, '');
    if (!KEY.test(key)) return null;
    const [row] = await sql<{ id: string; scopes: ApiKeyActor['scopes']; stale: boolean }>(
      this.#em,
      `select id, scopes, (last_used_at is null or last_used_at < now() - make_interval(secs => ?)) as stale from api_keys
       where hash = ? and revoked_at is null and (expires_at is null or expires_at > now())`,
      [LAST_USE_EVERY_S, hashOf(key)],
    );
    if (!row) return null;
    if (row.stale) await sql(this.#em, 'update api_keys set last_used_at = now() where id = ?', [row.id]);
    return { type: 'api_key', id: row.id, scopes: row.scopes };
  }
}

const KEYS_MAX = 200;
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
