import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import type { Delegations } from '#server/delegations/index.ts';
import type { ActingParty, OperatorRole } from '#server/kernel/actor.ts';
import { DomainError, type ErrorDetail } from '#server/kernel/errors.ts';
import type { ChangePasswordInput, ChangeRoleInput, ColleagueInput, TeamMemberView } from '../contract.ts';
import type { OperatorSessions } from '../operator-sessions.ts';
import { hashOfNewPassword } from '../passwords/new-password.ts';
import { accountOf } from '../passwords/own-password.ts';
import type { SecondFactorService } from '../second-factor/second-factor.service.ts';
import type { PersonAtDoor } from '../session-reader.ts';
import type { GivenRight, NewRights } from './new-rights.ts';

interface OperatorRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: OperatorRole;
  readonly disabled_at: Date | null;
  readonly has_second_factor: boolean;
  readonly passkeys: number;
  readonly last_seen_at: Date | null;
  readonly counts_from: Date | null;
}

/** Who works here, and what becomes of them. Whatever changes what somebody may do ends their sessions. */
export class Team {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #operatorSessions: OperatorSessions;
  readonly #delegations: Delegations;
  readonly #newRights: NewRights;
  readonly #secondFactors: SecondFactorService;

  constructor(deps: {
    em: EntityManager;
    audit: AuditTrail;
    operatorSessions: OperatorSessions;
    delegations: Delegations;
    newRights: NewRights;
    secondFactors: SecondFactorService;
  }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#operatorSessions = deps.operatorSessions;
    this.#delegations = deps.delegations;
    this.#newRights = deps.newRights;
    this.#secondFactors = deps.secondFactors;
  }

  async list(): Promise<TeamMemberView[]> {
    const rows = await sql<OperatorRow>(
      this.#em,
      `select o.id, o.email, o.name, o.role, o.disabled_at,
         case when o.counts_from > clock_timestamp() then o.counts_from end as counts_from,
         exists (select 1 from operator_second_factors f where f.operator_id = o.id and f.confirmed_at is not null)
           as has_second_factor,
         (select count(*)::int from operator_passkeys p where p.operator_id = o.id) as passkeys,
         (select max(s.last_seen_at) from operator_sessions s where s.operator_id = o.id) as last_seen_at
       from operators o order by o.disabled_at nulls first, lower(o.name), o.id limit ?`,
      [OPERATORS_MAX],
    );
    const text = (at: Date | null) => at && new Date(at).toISOString();
    return rows.map(({ disabled_at, has_second_factor, last_seen_at, counts_from, ...row }) => ({
      ...row,
      disabledAt: text(disabled_at),
      hasSecondFactor: has_second_factor,
      lastSeenAt: text(last_seen_at),
      countsFrom: text(counts_from),
    }));
  }

  /**
   * Throws `operator.not_found`, `auth.forbidden` about oneself, because a colleague does this, and `operator.unchanged`
   * where it is so already: whoever is told that it is done finds it in the record.
   */
  async changeRole({ id, role, reason }: ChangeRoleInput, by: ActingParty): Promise<void> {
    const { role: before, name } = await this.#somebodyElse(id, by);
    if (before === role) throw unchanged({ id, role });
    const countsFrom = await this.#newRights.countsFrom(role);
    const text = 'update operators set role = ?, counts_from = ?, updated_at = now() where id = ?';
    await sql(this.#em, text, [role, countsFrom, id]);
    const subject = { type: 'operator', id } as const;
    const after = { role, countsFrom: countsFrom?.toISOString() ?? null };
    this.#audit.record({ action: 'operator.role_changed', subject, by, reason, before: { role: before }, after });
    await this.#tellOfRight({ id, name, role, countsFrom }, by);
    await this.#delegations.endOf(id, 'role_changed', by);
    await this.#operatorSessions.endAll(id, 'role changed', by);
  }

  /** Throws the same. */
  async disable({ id, reason }: ColleagueInput, by: ActingParty): Promise<void> {
    const { disabled_at } = await this.#somebodyElse(id, by);
    if (disabled_at) throw unchanged({ id, disabled: true });
    await sql(this.#em, 'update operators set disabled_at = now(), updated_at = now() where id = ?', [id]);
    this.#audit.record({ action: 'operator.disabled', subject: { type: 'operator', id }, by, reason });
    await this.#delegations.endOf(id, 'disabled', by);
    await this.#operatorSessions.endAll(id, 'disabled', by);
  }

  /** Letting somebody in again gives them their right again, so it waits like a new one. Throws the same. */
  async enable({ id, reason }: ColleagueInput, by: ActingParty): Promise<void> {
    const { disabled_at, name, role } = await this.#somebodyElse(id, by);
    if (!disabled_at) throw unchanged({ id, disabled: false });
    const countsFrom = await this.#newRights.countsFrom(role);
    const text = 'update operators set disabled_at = null, counts_from = ?, updated_at = now() where id = ?';
    await sql(this.#em, text, [countsFrom, id]);
    const after = { countsFrom: countsFrom?.toISOString() ?? null };
    this.#audit.record({ action: 'operator.enabled', subject: { type: 'operator', id }, by, reason, after });
    await this.#tellOfRight({ id, name, role, countsFrom }, by);
  }

  /**
   * Whoever sets up the next factor may be somebody else who knows the password, such as the one who took this one off: so
   * the right waits like a new one, and everybody who decides hears of it. Throws the same.
   */
  async resetSecondFactor({ id, reason }: ColleagueInput, by: ActingParty): Promise<void> {
    const { name, role } = await this.#somebodyElse(id, by);
    const countsFrom = await this.#newRights.countsFrom(role);
    await sql(this.#em, 'update operators set counts_from = ?, updated_at = now() where id = ?', [countsFrom, id]);
    await this.#secondFactors.reset(id, by, { reason, countsFrom: countsFrom?.toISOString() ?? null });
    await this.#tellOfRight({ id, name, role, countsFrom }, by);
  }

  /** One's own. Throws `password.wrong`, `password.refused`. */
  async changePassword({ current, next }: ChangePasswordInput, by: PersonAtDoor): Promise<void> {
    const account = await accountOf(this.#em, by.id, current);
    if (!account) throw new DomainError('password.wrong', 'the password of now is not right');
    const hash = await hashOfNewPassword(next, by);
    await sql(this.#em, 'update operator_accounts set password = ?, updated_at = now() where id = ?', [hash, account]);
    this.#audit.record({ action: 'operator.password_changed', subject: { type: 'operator', id: by.id }, by });
    await this.#operatorSessions.endOthers(by, 'password changed');
  }

  async #tellOfRight(right: Omit<GivenRight, 'by'>, by: ActingParty): Promise<void> {
    const [giver] = await sql<{ name: string }>(this.#em, 'select name from operators where id = ?', [by.id]);
    this.#newRights.tell({ ...right, by: giver?.name ?? by.id });
  }

  async #somebodyElse(id: string, by: ActingParty): Promise<OperatorRow> {
    if (by.type === 'operator' && by.id === id)
      throw new DomainError('auth.forbidden', 'a colleague does this, not oneself');
    const [row] = await sql<OperatorRow>(this.#em, 'select * from operators where id = ? for update', [id]);
    if (!row) throw new DomainError('operator.not_found', 'there is no such operator');
    return row;
  }
}

const unchanged = (detail: ErrorDetail): DomainError =>
  new DomainError('operator.unchanged', 'it is so already: nothing was changed', { detail });

const OPERATORS_MAX = 500;
