import type { Pool } from 'pg';
import { asRetryable } from '#server/database/database-errors.ts';
import type { CallOrigin, OperatorActor, OperatorRole } from '#server/kernel/actor.ts';
import type { SessionLimits } from './operator-sessions.ts';
import type { SessionCookie } from './session-cookie.ts';
import { SECOND_FACTOR_DEMANDED_OF as DEMANDED_OF, type SecondFactorState } from './statuses.ts';

/** The signed-in operator, as the row says now. */
export interface SignedInOperator extends OperatorActor {
  readonly name: string;
  readonly email: string;
  readonly secondFactor: SecondFactorState;
}

/** The same in a call that tries a second factor: where it comes from, and what its browser has kept. */
export interface PersonAtDoor extends SignedInOperator {
  readonly origin: CallOrigin;
  readonly deviceToken: string | null;
}

/**
 * Who a request's session cookie belongs to: the cookie's signature is checked, then session and operator are read in one
 * statement. No cache stands in between, so a revoked session, a disabled operator or a new role counts at once.
 */
export class SessionReader {
  readonly #pool: Pool;
  readonly #cookie: SessionCookie;
  readonly #limits: SessionLimits;

  constructor(deps: { pool: Pool; cookie: SessionCookie; limits: SessionLimits }) {
    this.#pool = deps.pool;
    this.#cookie = deps.cookie;
    this.#limits = deps.limits;
  }

  /** `acting`: the person does something, which keeps the session from going idle; reading alone does not. */
  async read(cookieHeader: string | null, { acting = false } = {}): Promise<SignedInOperator | null> {
    const token = this.#cookie.tokenIn(cookieHeader);
    if (!token) return null;
    const row = await this.#look(token, acting).catch((error: unknown) => Promise.reject(asRetryable(error)));
    if (!row) return null;
    return {
      type: 'operator',
      id: row.id,
      role: row.role,
      name: row.name,
      email: row.email,
      sessionId: row.session_id,
      secondFactor: row.second_factor,
      countsFrom: row.counts_from && new Date(row.counts_from).toISOString(),
    };
  }

  async #look(token: string, acting: boolean): Promise<SessionRow | undefined> {
    const row = await this.#find(token);
    if (row && acting && row.is_stale) await this.#pool.query(SEEN_SQL, [row.session_id]);
    return row;
  }

  async #find(token: string): Promise<SessionRow | undefined> {
    const values = [token, this.#limits.idleMinutes];
    const { rows } = await this.#pool.query<SessionRow>({ name: 'session', text: SESSION_SQL, values });
    return rows[0];
  }
}

/** The roles of `DEMANDED_OF` may do nothing without a second factor. */
const SESSION_SQL = `
  select s.id as session_id, o.id, o.role, o.name, o.email,
    case when o.counts_from > clock_timestamp() then o.counts_from end as counts_from,
    s.last_seen_at < now() - interval '20 seconds' as is_stale,
    case when s.second_factor_at is not null then 'passed'
      when exists (select 1 from operator_second_factors f where f.operator_id = o.id and f.confirmed_at is not null)
        then 'asked'
      when o.role in (${DEMANDED_OF.map((role) => `'${role}'`).join(', ')}) then 'set_up'
      else 'none' end as second_factor
  from operator_sessions s join operators o on o.id = s.operator_id
  where s.token = $1 and s.expires_at > now() and o.disabled_at is null
    and s.last_seen_at > now() - make_interval(mins => $2)`;
/** Written now and then, so that doing much does not mean writing much. */
const SEEN_SQL = 'update operator_sessions set last_seen_at = now() where id = $1';

interface SessionRow {
  readonly is_stale: boolean;
  readonly session_id: string;
  readonly id: string;
  readonly role: OperatorRole;
  readonly name: string;
  readonly email: string;
  readonly second_factor: SecondFactorState;
  readonly counts_from: Date | string | null;
}
