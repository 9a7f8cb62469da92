import type { EntityManager } from '@mikro-orm/postgresql';
import { listOf, sql } from '#server/database/sql.ts';
import { OPEN_ATTEMPT_STATUSES } from '#server/withdrawals/statuses.ts';
import type { DrillItem, DrillView, FreezeTarget } from './contract.ts';

/** What is listed by name; counts and sums are of all. */
const ITEMS_MAX = 100;

/** Which rows a scope covers; `?` is its target. */
const COVERED = {
  all: 'and ?::text is null',
  provider: `and case when w.kind = 'mining' then 'hashdam' else 'mblock' end = ?`,
  asset: 'and w.asset = ?',
  wallet: 'and w.wallet_id = ?::uuid',
} as const;

const OPEN = listOf(OPEN_ATTEMPT_STATUSES);
/** Approved and not yet past a fence: a freeze keeps these from being sent. */
const STOPPED = `
  select w.id, w.member_id as "memberId", w.asset, w.amount, w.status, w.wait_reason as "waitReason", w.requested_at as at
  from withdrawals w where w.status in ('approved', 'retrying')
    and not exists (select 1 from payout_attempts a where a.withdrawal_id = w.id and a.status in ${OPEN})`;
/** Past the fence: whatever is frozen now, these may have been or will be paid. */
const BEYOND = `
  select w.id, w.member_id as "memberId", w.asset, w.amount, a.status, null as "waitReason", a.fenced_at as at
  from payout_attempts a join withdrawals w on w.id = a.withdrawal_id where a.status in ${OPEN}`;

/** What a freeze would stop right now and what it could not stop any more. Changes nothing. */
export async function drill(em: EntityManager, asked: FreezeTarget): Promise<DrillView> {
  return { stopped: await gather(em, STOPPED, asked), beyond: await gather(em, BEYOND, asked) };
}

async function gather(em: EntityManager, rows: string, asked: FreezeTarget): Promise<DrillView['stopped']> {
  const target = asked.scope === 'all' ? null : asked.target;
  const covered = `${rows} ${COVERED[asked.scope]}`;
  const sums = await sql<{ asset: string; count: number; amount: string }>(
    em,
    `select asset, count(*)::int as count, trim_scale(sum(amount))::text as amount from (${covered}) covered
     group by asset order by asset`,
    [target],
  );
  const items = await sql<DrillItem>(
    em,
    `select id, "memberId", asset, trim_scale(amount)::text as amount, status, "waitReason" from (${covered}) covered
     order by at, id limit ${ITEMS_MAX}`,
    [target],
  );
  return { count: sums.reduce((total, { count }) => total + count, 0), sums, items };
}
