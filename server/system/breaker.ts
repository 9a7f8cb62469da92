import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { Amount } from '#server/kernel/amount.ts';
import { NOT_REACHED_REASONS, type ProviderName } from '#server/kernel/provider-outcome.ts';
import type { BreakerState } from './statuses.ts';
import { type Sending, STANDING, type StandingStops, standingParameters } from './stops.ts';

/** An attempt without an answer for so long counts as failed: a provider that hangs must not take the queue with it. */
const SLOW = '8 s';
/** A worker says every three seconds that it lives. One that was not seen any more after this died itself while it sent. */
const SEEN_AFTER = '5 s';
/** So long after the last failure one attempt may try whether it works again. */
const PROBE_AFTER = '60 s';

export interface BreakerPolicy {
  /** So many of the last ten attempts of ten minutes open it. */
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
 * after failures lets everything through again, and the next failure opens it once more. What a worker left behind that
 * died says nothing about the provider.
 */
const PROVIDER = `
  select count(*) filter (where failed)::int as failures,
    coalesce((array_agg(failed order by fenced_at desc))[1], false) as newest_failed,
    coalesce(max(failed_at) filter (where failed) < clock_timestamp() - interval '${PROBE_AFTER}', false) as rested,
    exists (
      select 1 from payout_attempts where provider = ? and id is distinct from ?::uuid and status = 'dispatching'
        and fenced_at > clock_timestamp() - interval '10 min') as busy
  from (
    select a.fenced_at,
      a.status in ('unknown', 'dispatching') or (a.status = 'not_executed' and a.error = any(?::text[])) as failed,
      case a.status
        when 'dispatching' then clock_timestamp()
        when 'unknown' then coalesce(
          (select min(at) from payout_evidence e where e.attempt_id = a.id and e.kind = 'reply'),
          least(a.lease_until, clock_timestamp()))
        else a.ended_at
      end as failed_at
    from payout_attempts a
    where a.provider = ? and a.id is distinct from ?::uuid and a.fenced_at > clock_timestamp() - interval '10 min'
      and case a.status
        when 'dispatching' then a.fenced_at < clock_timestamp() - interval '${SLOW}' and not exists (
          select 1 from workers where name = a.worker and seen_at < a.fenced_at + interval '${SEEN_AFTER}')
        when 'unknown' then a.error is distinct from 'lease_lost'
        when 'not_executed' then a.error is distinct from 'held_back'
        else true end
    order by a.fenced_at desc limit 10
  ) recent`;

type ProviderRow = Readonly<{ failures: number; newest_failed: boolean; rested: boolean; busy: boolean }>;

const providerParameters = ({ provider, attemptId }: Asking) => [
  ...[provider, attemptId, [...NOT_REACHED_REASONS], provider, attemptId],
];

export async function readBreaker(em: EntityManager, policy: BreakerPolicy, asking: Asking): Promise<BreakerReading> {
  const [row] = await sql<ProviderRow>(em, PROVIDER, providerParameters(asking));
  if (!row) throw new Error('the database did not say how the breaker stands');
  return judged(policy, row);
}

/** What stands and how the breaker stands, in one statement: every payout asks for both, three times. */
export async function readStops(
  em: EntityManager,
  policy: BreakerPolicy,
  { sending, attemptId }: { sending: Sending; attemptId: string | null },
): Promise<StandingStops & BreakerReading> {
  const [row] = await sql<StandingStops & ProviderRow>(
    em,
    `select * from (${STANDING}) standing cross join (${PROVIDER}) breaker`,
    [...standingParameters(sending), ...providerParameters({ provider: sending.provider, attemptId })],
  );
  if (!row) throw new Error('the database did not say what is stopped');
  return { ...row, ...judged(policy, row) };
}

function judged({ failuresOpenIt }: BreakerPolicy, { failures, ...row }: ProviderRow): BreakerReading {
  if (failures < failuresOpenIt || !row.newest_failed) return { state: 'closed', failures };
  return { state: row.rested && !row.busy ? 'half_open' : 'open', failures };
}

/** Whether this payout may go while the breaker is half open: one alone, the first that asks. Needs a transaction. */
export async function mayProbe(em: EntityManager, policy: BreakerPolicy, asking: Asking): Promise<boolean> {
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
