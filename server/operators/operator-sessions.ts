import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { DomainError } from '#server/kernel/errors.ts';

const TOKEN_BYTES = 32;

/** What the browser has to hold from now on. */
export interface RenewedSession {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Sessions after the password: what better-auth opened, we let pass, renew and end. */
export class OperatorSessions {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
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
