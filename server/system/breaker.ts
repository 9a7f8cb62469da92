import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { Amount } from '#server/kernel/amount.ts';
import { NOT_REACHED_REASONS, type ProviderName } from '#server/kernel/provider-outcome.ts';
import type { BreakerState } from './statuses.ts';

/** So many of the last ten attempts that ended within ten minutes open the breaker. */
export const FAILURES_OPEN_IT = 5;
/** An attempt without an answer for so long counts as failed: a provider that hangs must not take the queue with it. */
const SLOW = '8 s';
/** So long after the last failure one attempt may try whether it works again. */
const PROBE_AFTER = '60 s';

export interface BreakerPolicy {
  readonly failuresOpenIt: number;
  /** What may be sent of an asset in a rolling hour; an asset that is not named has no limit. */
  readonly valuePerHour: ReadonlyMap<string, Amount>;
}

/** `attemptId`: the attempt that asks, whose own fence is no reason to stop it. */
interface Asking {
  readonly provider: ProviderName;
  readonly attemptId: string | null;
}

export interface BreakerReading {
  readonly state: BreakerState;
  readonly failures: number;
}

/**
 * Nothing is kept: the attempts themselves say how it stands. The newest by fence decides whether it closes: a success
 * after failures lets everything through again, and the next failure opens it once more.
 */
const PROVIDER = `
  with seen as (
    select a.*, clock_timestamp() as now from payout_attempts a
    where a.provider = ? and a.id is distinct from ?::uuid and a.fenced_at > clock_timestamp() - interval '10 min'
  ), recent as (
    select fenced_at,
      status = 'unknown' or status = 'dispatching' or (status = 'not_executed' and error = any(?::text[])) as failed,
      case status
        when 'dispatching' then now
        when 'unknown' then coalesce(
          (select min(at) from payout_evidence e where e.attempt_id = seen.id and e.kind = 'reply'), least(lease_until, now))
        else ended_at
      end as failed_at
    from seen
    where case status when 'dispatching' then fenced_at < now - interval '${SLOW}'
      when 'not_executed' then error is distinct from 'held_back' else true end
    order by fenced_at desc limit 10
  )
  select count(*) filter (where failed)::int as failures,
    coalesce((array_agg(failed order by fenced_at desc))[1], false) as newest_failed,
    coalesce(max(failed_at) filter (where failed) < clock_timestamp() - interval '${PROBE_AFTER}', false) as rested,
    exists (select 1 from seen where status = 'dispatching') as busy
  from recent`;

export async function readBreaker(
  em: EntityManager,
  { failuresOpenIt }: BreakerPolicy,
  { provider, attemptId }: Asking,
): Promise<BreakerReading> {
  const [row] = await sql<{ failures: number; newest_failed: boolean; rested: boolean; busy: boolean }>(em, PROVIDER, [
    provider,
    attemptId,
    [...NOT_REACHED_REASONS],
  ]);
  const failures = row?.failures ?? 0;
  if (!row || failures < failuresOpenIt || !row.newest_failed) return { state: 'closed', failures };
  return { state: row.rested && !row.busy ? 'half_open' : 'open', failures };
}

/** Whether this payout may go: while the breaker is half open one alone, the first that asks. Needs a transaction. */
export async function mayPass(em: EntityManager, policy: BreakerPolicy, asking: Asking): Promise<boolean> {
  const { state } = await readBreaker(em, policy, asking);
  if (state !== 'half_open') return state === 'closed';
  await sql(em, `select pg_advisory_xact_lock(hashtext('breaker probe'), hashtext(?))`, [asking.provider]);
  return (await readBreaker(em, policy, asking)).state !== 'open';
}

/** Whether as much of the asset has been sent within the last hour as may be. */
export async function valueIsSpent(
  em: EntityManager,
  { valuePerHour }: BreakerPolicy,
  { asset, attemptId }: { asset: string; attemptId: string | null },
): Promise<boolean> {
  const limit = valuePerHour.get(asset);
  if (!limit) return false;
  const [row] = await sql<{ spent: boolean }>(
    em,
    `select coalesce(sum(amount), 0) >= ?::numeric as spent from payout_attempts
     where asset = ? and fenced_at > clock_timestamp() - interval '1 h' and status <> 'not_executed'
       and id is distinct from ?::uuid`,
    [limit.toString(), asset, attemptId],
  );
  return row?.spent ?? false;
}
