import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { DelegationView } from './contract.ts';
import type { DelegationEnd } from './statuses.ts';

const ROWS_MAX = 50;

interface RawRow {
  readonly id: string;
  readonly delegator_id: string;
  readonly delegator: string;
  readonly delegate_id: string;
  readonly delegate: string;
  readonly starts_at: Date | string;
  readonly ends_at: Date | string;
  readonly reason: string;
  readonly state: DelegationView['state'];
  readonly ended_at: Date | string | null;
  readonly ended_because: DelegationEnd | null;
  readonly ender: string | null;
}

const ROWS = `
  select d.id, d.delegator_id, a.name as delegator, d.delegate_id, b.name as delegate, d.starts_at, d.ends_at, d.reason,
    case when d.ended_at is not null then 'ended' when d.ends_at <= clock_timestamp() then 'over'
      when d.starts_at > clock_timestamp() then 'planned' else 'open' end as state,
    d.ended_at, d.ended_because, e.name as ender
  from approval_delegations d join operators a on a.id = d.delegator_id join operators b on b.id = d.delegate_id
    left join operators e on e.id = d.ended_by`;

export async function delegationsOf(em: EntityManager, operatorId: string): Promise<DelegationView[]> {
  const text = `${ROWS} where ? in (d.delegator_id, d.delegate_id) order by d.id desc limit ${ROWS_MAX}`;
  return (await sql<RawRow>(em, text, [operatorId])).map(toView);
}

export async function currentDelegations(em: EntityManager): Promise<DelegationView[]> {
  const text = `${ROWS} where d.ended_at is null and d.ends_at > clock_timestamp() order by d.ends_at, d.id limit 500`;
  return (await sql<RawRow>(em, text)).map(toView);
}

const toView = ({ id, reason, state, ...row }: RawRow): DelegationView => ({
  ...{ id, reason, state },
  delegator: { id: row.delegator_id, name: row.delegator },
  delegate: { id: row.delegate_id, name: row.delegate },
  from: new Date(row.starts_at).toISOString(),
  until: new Date(row.ends_at).toISOString(),
  ended:
    row.ended_at && row.ended_because
      ? { at: new Date(row.ended_at).toISOString(), because: row.ended_because, by: row.ender ?? '' }
      : null,
});
