import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { OWED, receivableAccount } from '#server/ledger/index.ts';
import { silhouetteOf } from './look-alike.ts';
import type { RiskHistory, RiskSubject } from './risk-rules.ts';
import { LIMIT_PERIOD_MS } from './settings.ts';

const HOUR_MS = 3_600_000;
/** What was asked for longer ago is not looked at: nothing stays undecided for so long. */
const LOOKS_BACK_MS = 366 * 86_400_000;

interface Row {
  readonly day: string;
  readonly week: string;
  readonly month: string;
  readonly requests: number;
  readonly owed: string;
  readonly paid: boolean | null;
  readonly listed_from: Date | string | null;
  readonly known: string[] | null;
  readonly listed: string[] | null;
}

/**
 * What a member did before. Whoever asks for the same member at once waits until the end of this transaction, so that two
 * requests never stay within a limit each by not seeing the other. Lock order: after wallets, before accounts.
 */
export async function readHistory(
  em: EntityManager,
  { memberId, amount: { asset }, destination: { address } }: RiskSubject,
  leaveOut: string | null,
): Promise<RiskHistory & { readonly at: Date }> {
  const at = await waitedFor(em, memberId);
  const since = (ms: number) => new Date(at.getTime() - ms);
  const { head, tail } = silhouetteOf(address);
  const [row] = await sql<Row>(
    em,
    `with asked as (
       select asset, amount, requested_at, destination_address as address, destination_type as type,
         status = 'completed' as is_paid,
         status not in ('completed', 'failed', 'rejected', 'cancelled') as is_open,
         greatest(requested_at, approved_at, (select max(a.ended_at) from payout_attempts a
           where a.withdrawal_id = withdrawals.id and a.status = 'confirmed')) as at
       from withdrawals where member_id = ? and requested_at > ? and id is distinct from ?::uuid)
     select
       coalesce(sum(amount) filter (where asset = ? and (is_open or is_paid and at > ?)), 0)::text as day,
       coalesce(sum(amount) filter (where asset = ? and (is_open or is_paid and at > ?)), 0)::text as week,
       coalesce(sum(amount) filter (where asset = ? and (is_open or is_paid and at > ?)), 0)::text as month,
       (count(*) filter (where requested_at > ?))::int as requests,
       ${OWED} as owed,
       bool_or(is_paid and address = ?) as paid,
       array_agg(distinct address) filter (where is_paid and type = 'address'
         and starts_with(lower(address), ?) and right(lower(address), 4) = ?) as known,
       (select array_agg(distinct e.address) from allow_list_entries e
        where right(lower(e.address), 4) = ? and starts_with(lower(e.address), ?) and e.removed_at is null) as listed,
       (select e.active_from from allow_list_entries e
        where e.asset = ? and e.address = ? and e.removed_at is null) as listed_from
     from asked`,
    [
      ...[memberId, since(LOOKS_BACK_MS), leaveOut],
      ...[asset, since(LIMIT_PERIOD_MS.day), asset, since(LIMIT_PERIOD_MS.week), asset, since(LIMIT_PERIOD_MS.month)],
      ...[since(HOUR_MS), receivableAccount(memberId).code, asset, address, head, tail, tail, head, asset, address],
    ],
  );
  return {
    at,
    taken: {
      day: Amount.fromDecimal(asset, row?.day ?? '0'),
      week: Amount.fromDecimal(asset, row?.week ?? '0'),
      month: Amount.fromDecimal(asset, row?.month ?? '0'),
    },
    requestsInLastHour: row?.requests ?? 0,
    owed: Amount.fromDecimal(asset, row?.owed ?? '0'),
    paidToAddressBefore: row?.paid ?? false,
    knownAddresses: [...(row?.known ?? []), ...(row?.listed ?? [])],
    listedFrom: row?.listed_from ? new Date(row.listed_from) : null,
  };
}

/** The database's clock once nobody else asks for this member any more. */
async function waitedFor(em: EntityManager, memberId: string): Promise<Date> {
  const text = 'select pg_advisory_xact_lock(hashtextextended(?, 0))::text as taken, clock_timestamp() as at';
  const [locked] = await sql<{ at: Date | string }>(em, text, [`risk ${memberId}`]);
  if (!locked) throw new Error('the database gave no time');
  return new Date(locked.at);
}
