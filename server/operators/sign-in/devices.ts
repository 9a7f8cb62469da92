import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { newId } from '#server/kernel/ids.ts';

const TOKEN_BYTES = 32;

export interface WelcomedDevice {
  /** What the browser keeps from now on. */
  readonly token: string;
  readonly isNew: boolean;
}

/**
 * Browsers that somebody has signed in from, all the way, known by a random token in a cookie of their own. It opens
 * nothing; it tells the owner's device from a stranger's.
 */
export class Devices {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
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

  /** The sign-in is complete: from here on this is a device of theirs. A token that we never gave out is not taken over. */
  async welcome(sessionId: string, given: string | null): Promise<WelcomedDevice> {
    const known = given !== null && (await this.#isOurs(given));
    const token = known ? given : randomBytes(TOKEN_BYTES).toString('base64url');
    const [row] = await sql<{ is_new: boolean }>(
      this.#em,
      `with device as (
         insert into operator_devices (id, operator_id, token_hash, user_agent)
         select ?, s.operator_id, ?, s.user_agent from operator_sessions s where s.id = ?
         on conflict (operator_id, token_hash) do update set last_seen_at = now(), user_agent = excluded.user_agent
         returning id, first_seen_at = last_seen_at as is_new)
       update operator_sessions s set device_id = device.id from device where s.id = ? returning device.is_new`,
      [newId(), hashOf(token), sessionId, sessionId],
    );
    return { token, isNew: row?.is_new ?? true };
  }

  async #isOurs(token: string): Promise<boolean> {
    return (await sql(this.#em, 'select 1 from operator_devices where token_hash = ?', [hashOf(token)])).length > 0;
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
