import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { Actor } from '#server/kernel/actor.ts';
import { cappedTotal, TOTAL_MAX } from '#server/kernel/keyset.ts';
import { ASKED_WITH } from './asked-with.ts';
import type { WaitingView } from './contract.ts';
import type { WithdrawalStatus } from './statuses.ts';

const WAITING = [
  'pending',
  'approved_pending',
  'approved',
  'retrying',
  'submitted',
  'manual-review',
  'failed',
] as const;

/** Each status is counted by its index and only up to a cap, so that a long queue costs no more than a short one. */
export async function countWaiting(em: EntityManager, actor: Actor, now: Date): Promise<WaitingView> {
  const rows = await sql<{ status: WithdrawalStatus; count: number }>(
    em,
    `select s.status, (select count(*)::int from (select 1 from withdrawals w where w.status = s.status limit ?) capped) as count
     from unnest(?::text[]) s (status)`,
    [TOTAL_MAX + 1, [...WAITING]],
  );
  const [mine] = await sql<{ count: number }>(
    em,
    `select count(*)::int as count from (
       select 1 from withdrawals w
       where w.status in ('pending', 'approved_pending') and w.hold_at is null and w.expires_at > ?
         and not (w.requested_by_type = 'operator' and w.requested_by_id = ?::uuid) and w.edited_by is distinct from ?::uuid
         and not exists (select 1 from api_key_secrets s where s.shown_to = ?::uuid and ${ASKED_WITH})
         and not exists (select 1 from withdrawal_approvals v
           where v.withdrawal_id = w.id and v.revision = w.revision and v.operator_id = ?::uuid)
       limit ?) capped`,
    [now, actor.id, actor.id, actor.id, actor.id, TOTAL_MAX + 1],
  );
  const decides = actor.type === 'operator' && (actor.role === 'finance' || actor.role === 'admin');
  return {
    forMe: cappedTotal(decides ? (mine?.count ?? 0) : 0),
    byStatus: rows.map(({ status, count }) => ({ status, ...cappedTotal(count) })),
  };
}
