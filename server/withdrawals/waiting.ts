import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { Actor } from '#server/kernel/actor.ts';
import { cappedTotal, TOTAL_MAX } from '#server/kernel/keyset.ts';
import type { WaitingView } from './contract.ts';
import { forMe } from './for-me.ts';
import { COUNTED_STATUSES, type WithdrawalStatus } from './statuses.ts';

/** Each status is counted by its index and only up to a cap, so that a long queue costs no more than a short one. */
export async function countWaiting(em: EntityManager, actor: Actor): Promise<WaitingView> {
  const rows = await sql<{ status: WithdrawalStatus; count: number }>(
    em,
    `select s.status, (select count(*)::int from (select 1 from withdrawals w where w.status = s.status limit ?) capped) as count
     from unnest(?::text[]) s (status)`,
    [TOTAL_MAX + 1, [...COUNTED_STATUSES]],
  );
  const mine = await forMe(em, actor);
  const [counted] = await sql<{ count: number }>(
    em,
    `select count(*)::int as count from (select 1 from withdrawals w where ${mine.text} limit ?) capped`,
    [...mine.parameters, TOTAL_MAX + 1],
  );
  return {
    forMe: cappedTotal(counted?.count ?? 0),
    byStatus: rows.map(({ status, count }) => ({ status, ...cappedTotal(count) })),
  };
}
