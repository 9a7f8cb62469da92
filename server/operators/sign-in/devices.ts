import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import { newId } from '#server/kernel/ids.ts';
import type { Announcer } from '#server/notifications/index.ts';

const TOKEN_BYTES = 32;

export interface WelcomedDevice {
  /** What the browser keeps from now on. */
  readonly token: string;
}

interface WelcomedRow {
  readonly operator_id: string;
  readonly ip_address: string | null;
  readonly user_agent: string | null;
  /** New, and not the first one. */
  readonly is_another: boolean;
}

/**
 * Browsers that somebody has signed in from, all the way, known by a random token in a cookie of their own. It opens
 * nothing; it tells the owner's device from a stranger's.
 */
export class Devices {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #notifications: Announcer;

  constructor(deps: { em: EntityManager; audit: AuditTrail; notifications: Announcer }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#notifications = deps.notifications;
  }

  /** The account of this address and, when it has signed in from there, the device. The same work for an unknown account. */
  async recognise(
    email: string,
    token: string | null,
  ): Promise<{ operatorId: string | null; deviceId: string | null }> {
    const [row] = await sql<{ operator_id: string; device_id: string | null }>(
      this.#em,
      `select o.id as operator_id, d.id as device_id from operators o
       left join operator_devices d on d.operator_id = o.id and d.token_hash = ? where lower(o.email) = ?`,
      [hashOf(token ?? ''), email.toLowerCase()],
    );
    return { operatorId: row?.operator_id ?? null, deviceId: row?.device_id ?? null };
  }

  /** The device's id, when this operator has signed in from it. */
  async idOf(operatorId: string, token: string | null): Promise<string | null> {
    const [row] = await sql<{ id: string }>(
      this.#em,
      'select id from operator_devices where operator_id = ? and token_hash = ?',
      [operatorId, hashOf(token ?? '')],
    );
    return row?.id ?? null;
  }

  /**
   * The sign-in is complete: from here on this is a device of theirs. A token that we never gave out is not taken over.
   * Who has signed in before is told of one that is new, whoever it was. Needs a transaction.
   */
  async welcome(sessionId: string, given: string | null): Promise<WelcomedDevice> {
    const known = given !== null && (await this.#isOurs(given));
    const token = known ? given : randomBytes(TOKEN_BYTES).toString('base64url');
    const [row] = await sql<WelcomedRow>(
      this.#em,
      `with device as (
         insert into operator_devices (id, operator_id, token_hash, user_agent)
         select ?, s.operator_id, ?, s.user_agent from operator_sessions s where s.id = ?
         on conflict (operator_id, token_hash) do update set last_seen_at = now(), user_agent = excluded.user_agent
         returning id, first_seen_at = last_seen_at as is_new)
       update operator_sessions s set device_id = device.id from device where s.id = ?
       returning s.operator_id, s.ip_address, s.user_agent, device.is_new and exists (
         select 1 from operator_devices d where d.operator_id = s.operator_id and d.id <> device.id) as is_another`,
      [newId(), hashOf(token), sessionId, sessionId],
    );
    if (row?.is_another) this.#tell(row, sessionId);
    return { token };
  }

  #tell({ operator_id: id, ip_address: ip, user_agent: userAgent }: WelcomedRow, sessionId: string): void {
    const subject = { type: 'operator', id } as const;
    this.#audit.record({
      action: 'operator.new_device',
      subject,
      by: { type: 'operator', id, sessionId, origin: { requestId: sessionId, ip } },
      after: { userAgent },
    });
    const reason = [ip, userAgent].filter(Boolean).join(' · ') || undefined;
    this.#notifications.announce({ type: 'operator.new_device', subject, reason });
  }

  async #isOurs(token: string): Promise<boolean> {
    return (await sql(this.#em, 'select 1 from operator_devices where token_hash = ?', [hashOf(token)])).length > 0;
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
