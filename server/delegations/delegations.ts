import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import { type ActingParty, decides, type OperatorRole } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { Announcer, EventType } from '#server/notifications/index.ts';
import type { DelegationCreateInput, DelegationsMineView, DelegationView } from './contract.ts';
import { currentDelegations, delegationsOf } from './delegation-list.ts';
import { DELEGATION_DAYS_MAX, type DelegationEnd } from './statuses.ts';

interface Row {
  readonly id: string;
  readonly delegator_id: string;
  readonly delegate_id: string;
  readonly starts_at: Date | string;
  readonly ends_at: Date | string;
  readonly reason: string;
}

const RETURNED = 'returning id, delegator_id, delegate_id, starts_at, ends_at, reason';

/** Hands the right to approve to a colleague for a while; the colleague's vote then counts for both groups, once. */
export class Delegations {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #notifications: Announcer;

  constructor(deps: { em: EntityManager; audit: AuditTrail; notifications: Announcer }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#notifications = deps.notifications;
  }

  async mine({ id, role }: { readonly id: string; readonly role?: OperatorRole }): Promise<DelegationsMineView> {
    const colleagues =
      'select id, name, role from operators where id <> ? and may_approve(id) order by lower(name), id limit 500';
    return {
      rows: await delegationsOf(this.#em, id),
      colleagues: decides(role) ? await sql<DelegationsMineView['colleagues'][number]>(this.#em, colleagues, [id]) : [],
    };
  }

  current(): Promise<DelegationView[]> {
    return currentDelegations(this.#em);
  }

  /** Errors: `delegation.person_unfit`, `delegation.window_unfit`, `delegation.exists`. */
  async create({ delegateId, from, until, reason }: DelegationCreateInput, by: ActingParty): Promise<string> {
    await this.#refuseUnfit([by.id, delegateId]);
    await this.#refuseWindow(from ?? null, until);
    const [row] = await sql<Row>(
      this.#em,
      `insert into approval_delegations (id, delegator_id, delegate_id, starts_at, ends_at, reason)
       values (?, ?, ?, ?, ?, ?) ${RETURNED}`,
      [newId(), by.id, delegateId, from ?? null, until, reason],
    );
    if (!row) throw new Error('the database kept no delegation');
    await this.#tell('delegation.given', row, { by, reason });
    return row.id;
  }

  /** At once, by whoever gave it or an administrator. Errors: `delegation.not_found`. */
  async end(id: string, by: ActingParty): Promise<void> {
    const mayEnd = by.type === 'operator' && by.role === 'admin' ? '' : 'and delegator_id = ?';
    const ended = await this.#close('revoked', by, { where: `id = ? ${mayEnd}`, values: mayEnd ? [id, by.id] : [id] });
    if (ended === 0)
      throw new DomainError('delegation.not_found', 'there is no such delegation to end', { detail: { id } });
  }

  /** In the commit that takes somebody's right to approve: it does not come back with the right. */
  async endOf(operatorId: string, because: DelegationEnd, by: ActingParty): Promise<void> {
    await this.#close(because, by, { where: '? in (delegator_id, delegate_id)', values: [operatorId] });
  }

  async #close(because: DelegationEnd, by: ActingParty, which: { where: string; values: string[] }): Promise<number> {
    const rows = await sql<Row>(
      this.#em,
      `update approval_delegations set ended_because = ?, ended_by = ?
       where ended_at is null and ends_at > clock_timestamp() and ${which.where} ${RETURNED}`,
      [because, by.type === 'operator' ? by.id : null, ...which.values],
    );
    for (const row of rows) await this.#tell('delegation.ended', row, { by, because });
    return rows.length;
  }

  /** Both rows stay locked: neither of the two takes part in another delegation meanwhile. */
  async #refuseUnfit(people: readonly [string, string]): Promise<void> {
    const fit = await sql(
      this.#em,
      `select 1 from operators where id = any(?::uuid[]) and may_approve(id) order by id for no key update`,
      [people],
    );
    if (fit.length < 2) {
      throw new DomainError('delegation.person_unfit', 'only who may approve hands it on, to a colleague who may');
    }
    const other = await sql(
      this.#em,
      `select 1 from approval_delegations where ended_at is null and ends_at > clock_timestamp()
         and array[delegator_id, delegate_id] && ?::uuid[] limit 1`,
      [people],
    );
    if (other.length > 0) {
      throw new DomainError('delegation.exists', 'one of the two is in a delegation that is not over');
    }
  }

  async #refuseWindow(from: string | null, until: string): Promise<void> {
    const fits = await sql(
      this.#em,
      `select 1 from (select clock_timestamp() as now, ?::timestamptz as given, ?::timestamptz as until) w
       where coalesce(given, now) >= now and until > coalesce(given, now)
         and until <= coalesce(given, now) + make_interval(hours => ?)`,
      [from, until, DELEGATION_DAYS_MAX * 24],
    );
    if (fits.length > 0) return;
    throw new DomainError('delegation.window_unfit', 'it begins now or later, and ends after that within 14 days', {
      detail: { days: DELEGATION_DAYS_MAX },
    });
  }

  /** To the record, and to both of them by themselves. */
  async #tell(type: EventType & `delegation.${string}`, row: Row, { by, reason, because }: Told): Promise<void> {
    const { id, delegator_id, delegate_id } = row;
    const [from, until] = [new Date(row.starts_at).toISOString(), new Date(row.ends_at).toISOString()];
    this.#audit.record({
      ...{ action: type, subject: { type: 'operator', id: delegator_id }, by, reason },
      after: { delegationId: id, delegateId: delegate_id, from, until, because: because ?? null },
    });
    const people = await sql<{ id: string; name: string }>(
      this.#em,
      'select id, name from operators where id in (?, ?)',
      [delegator_id, delegate_id],
    );
    const nameOf = (of: string) => people.find((person) => person.id === of)?.name ?? of;
    const said = `${nameOf(delegator_id)} → ${nameOf(delegate_id)} · ${from} – ${until} · ${row.reason}`;
    for (const { id: person } of people) {
      this.#notifications.announce({ type, subject: { type: 'operator', id: person }, reason: said });
    }
  }
}

interface Told {
  readonly by: ActingParty;
  readonly reason?: string;
  readonly because?: DelegationEnd;
}
