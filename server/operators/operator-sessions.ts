import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { SignedInOperator } from './session-reader.ts';

const TOKEN_BYTES = 32;

/** What the browser has to hold from now on. */
export interface RenewedSession {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface SignInOrigin {
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly with: 'password' | 'passkey';
}

/** Sessions after the password: what better-auth opened, we let pass, renew and end. */
export class OperatorSessions {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;

  constructor(deps: { em: EntityManager; audit: AuditTrail }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
  }

  /** Somebody signed in: where from stands in the session and in the record. */
  async opened({ id, sessionId }: SignedInOperator, from: SignInOrigin): Promise<void> {
    await sql(this.#em, 'update operator_sessions set ip_address = ? where id = ?', [from.ip, sessionId]);
    this.#audit.record({
      action: 'operator.signed_in',
      subject: { type: 'operator', id },
      by: { type: 'system', id: 'sign-in', origin: { requestId: sessionId, ip: from.ip } },
      after: { with: from.with, userAgent: from.userAgent },
    });
  }

  /** The second factor was right. The token changes: one that was known before opens nothing afterwards. */
  async pass(sessionId: string): Promise<RenewedSession> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const [row] = await sql<{ expires_at: Date }>(
      this.#em,
      `update operator_sessions set token = ?, second_factor_at = now(), updated_at = now()
       where id = ? and expires_at > now() returning expires_at`,
      [token, sessionId],
    );
    if (!row) throw new DomainError('auth.required', 'this session is over');
    return { token, expiresAt: new Date(row.expires_at) };
  }
}
