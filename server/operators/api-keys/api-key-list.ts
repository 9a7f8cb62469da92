import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { ApiKeyView } from '../contract.ts';

const KEYS_MAX = 200;

interface Row extends Omit<ApiKeyView, 'previous' | `${string}At`> {
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly lastRefusedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly previousUntil: Date | null;
  readonly previousUsedAt: Date | null;
}

/** What is shown of the keys, the newest first. Nothing in it opens anything. */
export async function listApiKeys(em: EntityManager): Promise<ApiKeyView[]> {
  const rows = await sql<Row>(
    em,
    `select k.id, k.name, k.scopes, k.addresses, k.calls_per_minute as "callsPerMinute", o.name as "createdBy",
       k.created_at as "createdAt", k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt",
       k.last_used_ip as "lastUsedIp", k.last_refused_at as "lastRefusedAt", k.last_refused_ip as "lastRefusedIp",
       k.revoked_at as "revokedAt", p.expires_at as "previousUntil", p.last_used_at as "previousUsedAt"
     from api_keys k join operators o on o.id = k.created_by
     left join lateral (select s.expires_at, s.last_used_at from api_key_secrets s
       where s.api_key_id = k.id and s.expires_at > now() order by s.expires_at desc limit 1) p on true
     order by k.created_at desc, k.id desc limit ?`,
    [KEYS_MAX],
  );
  return rows.map(({ previousUntil, previousUsedAt, ...row }) => ({
    ...row,
    createdAt: text(row.createdAt),
    expiresAt: textOrNull(row.expiresAt),
    lastUsedAt: textOrNull(row.lastUsedAt),
    lastRefusedAt: textOrNull(row.lastRefusedAt),
    revokedAt: textOrNull(row.revokedAt),
    previous: previousUntil && { until: text(previousUntil), lastUsedAt: textOrNull(previousUsedAt) },
  }));
}

const text = (at: Date): string => new Date(at).toISOString();
const textOrNull = (at: Date | null): string | null => at && text(at);
