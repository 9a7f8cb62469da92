import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { SessionTimes, SessionView } from './contract.ts';

const TOKEN_BYTES = 32;
const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

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

/** How long a session lasts. */
export interface SessionLimits {
  readonly hours: number;
  /** Without anybody doing anything. */
  readonly idleMinutes: number;
}

/** Whose session it is, and which. */
interface Owner {
  readonly id: string;
  readonly sessionId: string;
}

interface SessionRow {
  readonly id: string;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly ip_address: string | null;
  readonly user_agent: string | null;
}

/** Sessions after the password: what better-auth opened, we let pass, renew and end; a passkey's we open ourselves. */
export class OperatorSessions {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #limits: SessionLimits;

  constructor(deps: { em: EntityManager; audit: AuditTrail; limits: SessionLimits }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#limits = deps.limits;
  }

  /** Somebody signed in: where from stands in the session and in the record. Their sessions that are over are swept. */
  async opened({ id, sessionId }: Owner, from: SignInOrigin): Promise<void> {
    await sql(this.#em, 'update operator_sessions set ip_address = ? where id = ?', [from.ip, sessionId]);
    await sql(this.#em, `delete from operator_sessions s where operator_id = ? and not ${LIVES}`, [
      id,
      this.#limits.idleMinutes,
    ]);
    this.#audit.record({
      action: 'operator.signed_in',
      subject: { type: 'operator', id },
      by: { type: 'operator', id, sessionId, origin: { requestId: sessionId, ip: from.ip } },
      after: { with: from.with, userAgent: from.userAgent },
    });
  }

  /** A session that has passed already; null for who is disabled. */
  async open(operatorId: string, from: SignInOrigin): Promise<(RenewedSession & { readonly id: string }) | null> {
    const [id, token] = [newId(), newToken()];
    const [row] = await sql<{ expires_at: Date }>(
      this.#em,
      `insert into operator_sessions
         (id, operator_id, token, ip_address, user_agent, expires_at, created_at, updated_at, second_factor_at)
       select ?, o.id, ?, ?, ?, now() + make_interval(hours => ?), now(), now(), now()
       from operators o where o.id = ? and o.disabled_at is null returning expires_at`,
      [id, token, from.ip, from.userAgent, this.#limits.hours, operatorId],
    );
    if (!row) return null;
    await this.opened({ id: operatorId, sessionId: id }, from);
    return { id, token, expiresAt: new Date(row.expires_at) };
  }

  /** The second factor was right. The token changes: one that was known before opens nothing afterwards. */
  async pass(sessionId: string): Promise<RenewedSession> {
    const token = newToken();
    const [row] = await sql<{ expires_at: Date }>(
      this.#em,
      `update operator_sessions set token = ?, second_factor_at = now(), updated_at = now()
       where id = ? and expires_at > now() returning expires_at`,
      [token, sessionId],
    );
    if (!row) throw new DomainError('auth.required', 'this session is over');
    return { token, expiresAt: new Date(row.expires_at) };
  }

  /** Opened so short a time ago that whoever holds it has just proved who they are. */
  async isFresh(sessionId: string): Promise<boolean> {
    const text = 'select 1 from operator_sessions where id = ? and created_at > now() - make_interval(mins => ?)';
    return (await sql(this.#em, text, [sessionId, FRESH_MINUTES])).length > 0;
  }

  /** Those that could still be used, the latest first. */
  async list({ id, sessionId }: Owner): Promise<SessionView[]> {
    const rows = await sql<SessionRow>(
      this.#em,
      `select id, created_at, last_seen_at, ip_address, user_agent from operator_sessions s
       where operator_id = ? and ${LIVES} order by last_seen_at desc limit ?`,
      [id, this.#limits.idleMinutes, SESSIONS_MAX],
    );
    return rows.map((row) => ({
      id: row.id,
      isThis: row.id === sessionId,
      createdAt: new Date(row.created_at).toISOString(),
      lastSeenAt: new Date(row.last_seen_at).toISOString(),
      ip: row.ip_address,
      userAgent: row.user_agent,
    }));
  }

  /** Throws `auth.required`. */
  async times(sessionId: string): Promise<SessionTimes> {
    const [row] = await sql<{ now: Date; idle_ends_at: Date; ends_at: Date }>(
      this.#em,
      `select now(), expires_at as ends_at, least(expires_at, last_seen_at + make_interval(mins => ?)) as idle_ends_at
       from operator_sessions where id = ?`,
      [this.#limits.idleMinutes, sessionId],
    );
    if (!row) throw new DomainError('auth.required', 'this session is over');
    const text = (at: Date) => new Date(at).toISOString();
    return { now: text(row.now), idleEndsAt: text(row.idle_ends_at), endsAt: text(row.ends_at) };
  }

  /** Opens nothing from the next request on. Throws `session.not_found`, also for one of somebody else. */
  async end(sessionId: string, by: ActingParty & Owner): Promise<void> {
    const gone = await sql(this.#em, 'delete from operator_sessions where id = ? and operator_id = ? returning id', [
      sessionId,
      by.id,
    ]);
    if (gone.length === 0) throw new DomainError('session.not_found', 'there is no such session');
    this.#record(by.id, { count: 1, because: 'ended by its owner' }, by);
  }

  /** All of this person's but the one it is done in. Resolves to how many. */
  async endOthers(by: ActingParty & Owner, because: string): Promise<number> {
    const gone = await sql(this.#em, 'delete from operator_sessions where operator_id = ? and id <> ? returning id', [
      by.id,
      by.sessionId,
    ]);
    if (gone.length > 0) this.#record(by.id, { count: gone.length, because }, by);
    return gone.length;
  }

  /** Every one, such as of somebody who is disabled or has another role now. */
  async endAll(operatorId: string, because: string, by: ActingParty): Promise<void> {
    const gone = await sql(this.#em, 'delete from operator_sessions where operator_id = ? returning id', [operatorId]);
    if (gone.length > 0) this.#record(operatorId, { count: gone.length, because }, by);
  }

  #record(operatorId: string, after: { count: number; because: string }, by: ActingParty): void {
    this.#audit.record({ action: 'operator.sessions_ended', subject: { type: 'operator', id: operatorId }, by, after });
  }
}

const SESSIONS_MAX = 100;
const FRESH_MINUTES = 10;
const LIVES = '(s.expires_at > now() and s.last_seen_at > now() - make_interval(mins => ?))';
