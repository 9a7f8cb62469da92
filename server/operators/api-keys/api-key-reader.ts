import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import type { ApiKeyScope, CallOrigin } from '#server/kernel/actor.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { hashOfKey } from './api-key.service.ts';

const KEY = /^csk_[A-Za-z0-9_-]{43}$/;
/** When and from where a key was used is written at most so often, so that reading does not mean writing. */
const NOTED_EVERY_S = 60;

/** A key that is sent with a call, as the rows say now. */
export interface PresentedKey {
  readonly id: string;
  readonly secretId: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly callsPerMinute: number;
  /** Whether its list of addresses has this one, or is empty. */
  readonly isFromListed: boolean;
  /** Nobody has written down for a while that it is used. */
  readonly isUseUnnoted: boolean;
  readonly isRefusalUnnoted: boolean;
}

/** Reads whose key an `Authorization` header carries. No cache stands in between: a key that was revoked is so at once. */
export class ApiKeyReader {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;

  constructor(deps: { em: EntityManager; audit: AuditTrail }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
  }

  /** Null when it is none of ours, replaced, revoked or expired. */
  async find(authorization: string, ip: string | null): Promise<PresentedKey | null> {
    const key = authorization.replace(/^Bearer /i, '');
    if (!KEY.test(key)) return null;
    const [row] = await sql<PresentedKey>(
      this.#em,
      `select k.id, s.id as "secretId", k.scopes, k.calls_per_minute as "callsPerMinute",
         k.addresses = '{}' or coalesce(?::inet <<= any (k.addresses), false) as "isFromListed",
         s.last_used_at is null or s.last_used_at < ${NOTED_BEFORE} as "isUseUnnoted",
         k.last_refused_at is null or k.last_refused_at < ${NOTED_BEFORE} as "isRefusalUnnoted"
       from api_key_secrets s join api_keys k on k.id = s.api_key_id
       where s.hash = ? and (s.expires_at is null or s.expires_at > now())
         and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())`,
      [ip, NOTED_EVERY_S, NOTED_EVERY_S, hashOfKey(key)],
    );
    return row ?? null;
  }

  async noteUse({ id, secretId }: PresentedKey, ip: string | null): Promise<void> {
    await sql(
      this.#em,
      `with key as (update api_keys set last_used_at = now(), last_used_ip = ? where id = ?)
       update api_key_secrets set last_used_at = now() where id = ?`,
      [ip, id, secretId],
    );
  }

  /** It was sent from somewhere that its list does not have: perhaps somebody has found it. Needs a transaction. */
  async noteAddress(key: PresentedKey, origin: CallOrigin, called: readonly string[]): Promise<void> {
    await sql(this.#em, 'update api_keys set last_refused_at = now(), last_refused_ip = ? where id = ?', [
      origin.ip,
      key.id,
    ]);
    this.#refused(key, origin, { because: 'api_key.address_refused', called, ip: origin.ip });
  }

  /** It has made its calls of this minute, and what comes now is turned away. Needs a transaction. */
  async noteCutOff(key: PresentedKey, origin: CallOrigin, called: readonly string[]): Promise<void> {
    this.#refused(key, origin, { because: 'rate.limited', called, limit: key.callsPerMinute });
  }

  #refused({ id }: PresentedKey, origin: CallOrigin, after: { readonly [field: string]: Json }): void {
    this.#audit.record({
      action: 'api_key.refused',
      outcome: 'refused',
      subject: { type: 'api_key', id },
      by: { type: 'system', id: 'api', origin },
      after,
    });
  }
}

const NOTED_BEFORE = 'now() - make_interval(secs => ?)';
