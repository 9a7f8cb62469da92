import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';
import { asRetryable } from '#server/database/database-errors.ts';
import type { OperatorActor, OperatorRole } from '#server/kernel/actor.ts';
import type { Secret } from '#server/kernel/secret.ts';

/** The signed-in operator, as the row says now. */
export interface SignedInOperator extends OperatorActor {
  readonly name: string;
  readonly email: string;
}

/**
 * Who a request's session cookie belongs to: the cookie's signature is checked, then session and operator are read in one
 * statement. No cache stands in between, so a revoked session, a disabled operator or a new role counts at once.
 */
export class SessionReader {
  readonly #pool: Pool;
  readonly #secret: Secret;
  readonly #cookieNames: readonly string[];

  constructor(deps: { pool: Pool; secret: Secret; cookieName: string }) {
    this.#pool = deps.pool;
    this.#secret = deps.secret;
    this.#cookieNames = [deps.cookieName];
  }

  async read(cookieHeader: string | null): Promise<SignedInOperator | null> {
    const token = this.#token(cookieHeader);
    if (!token) return null;
    const { rows } = await this.#pool
      .query<SessionRow>({ name: 'session', text: SESSION_SQL, values: [token] })
      .catch((error: unknown) => Promise.reject(asRetryable(error)));
    const [row] = rows;
    if (!row) return null;
    return {
      type: 'operator',
      id: row.id,
      role: row.role,
      name: row.name,
      email: row.email,
      sessionId: row.session_id,
    };
  }

  /** better-auth's form: the token, a dot, and its HMAC-SHA256 in base64, percent-encoded. */
  #token(cookieHeader: string | null): string | null {
    for (const part of cookieHeader?.split(';') ?? []) {
      const [name = '', ...value] = part.trim().split('=');
      if (!this.#cookieNames.includes(name)) continue;
      const signed = decode(value.join('='));
      const dot = signed.lastIndexOf('.');
      const token = signed.slice(0, Math.max(dot, 0));
      // Compared as text: several texts decode to the same bytes, and only one of them was given out.
      const given = Buffer.from(signed.slice(dot + 1));
      const expected = Buffer.from(createHmac('sha256', this.#secret.reveal()).update(token).digest('base64'));
      if (given.length === expected.length && timingSafeEqual(given, expected)) return token;
    }
    return null;
  }
}

const SESSION_SQL = `
  select s.id as session_id, o.id, o.role, o.name, o.email
  from operator_sessions s join operators o on o.id = s.operator_id
  where s.token = $1 and s.expires_at > now() and o.disabled_at is null`;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

interface SessionRow {
  readonly session_id: string;
  readonly id: string;
  readonly role: OperatorRole;
  readonly name: string;
  readonly email: string;
}
