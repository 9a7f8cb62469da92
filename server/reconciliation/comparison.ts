import { rowKeyOf } from '#server/mining/index.ts';

/**
 * What a run compares, as SQL over the rows it has read (`reconciliation_rows`), so that a month of a hundred thousand
 * payments is no more work for this process than a day without any. Parameters of each: `$1` the run, `$2` and `$3` its
 * first and last day, `$4` when it began. What has changed since then is left to the next run.
 */
const SPAN = `span as (select $1::uuid as run_id, $2::date as first, $3::date as last, $4::timestamptz as begun)`;

const ATTEMPTS = `attempts as (
  select a.*, (a.fenced_at at time zone 'UTC')::date as day,
    (a.status = 'confirmed' or a.late_at is not null) and a.taken_back_at is null as paid
  from payout_attempts a, span
  where a.fenced_at >= span.first at time zone 'UTC' and a.fenced_at < (span.last + 1) at time zone 'UTC'
    and a.updated_at < span.begun)`;

/** Rows of the run's own days; those of the day before and after are there to be found by attempts at midnight. */
const LISTED = `listed as (
  select r.* from reconciliation_rows r, span where r.run_id = span.run_id and r.day between span.first and span.last)`;

/** Rows whose attempt is known, with it. */
const OWNED = `owned as (
  select r.asset, r.day, r.amount, r.fee, r.address as listed_address, r.status as listed_status, r.raw_status,
    a.id, a.reference, a.withdrawal_id, a.to_address, a.status, a.late_at, a.taken_back_at, a.deadline_at,
    (a.status = 'confirmed' or a.late_at is not null) and a.taken_back_at is null as paid
  from listed r join payout_attempts a on a.id = r.attempt_id, span where a.updated_at < span.begun)`;

/** What left the pool for a paid row, and the fee in it, by the books; `moved` is null where nothing was booked. */
const BOOKED = `booked as (
  select o.id, o.asset, o.day, o.reference, o.withdrawal_id, o.amount, o.fee,
    -sum(e.amount) filter (where e.code = 'pool:hashdam') as moved,
    coalesce(sum(e.amount) filter (where e.code = 'expense:pool_fee'), 0) as booked_fee
  from owned o
  left join ledger_transactions t on t.attempt_id = o.id and t.kind in ('SETTLE', 'LATE')
  left join ledger_entries e on e.transaction_id = t.id and e.code in ('pool:hashdam', 'expense:pool_fee')
  where o.paid and o.listed_status = 'completed'
  group by o.id, o.asset, o.day, o.reference, o.withdrawal_id, o.amount, o.fee)`;

/** The same for what people registered: it was booked under the incident that the row was. */
const REGISTERED = `registered as (
  select r.asset, r.day, r.amount, -sum(e.amount) filter (where e.code = 'pool:hashdam') as moved,
    coalesce(sum(e.amount) filter (where e.code = 'expense:pool_fee'), 0) as booked_fee
  from listed r
  join incidents i on i.kind = 'unexplained_payout' and i.resolution = 'register' and i.subject = ${rowKeyOf('r')}
  join ledger_transactions t on t.incident_id = i.id and t.kind = 'ADJUST'
  join ledger_entries e on e.transaction_id = t.id and e.code in ('pool:hashdam', 'expense:pool_fee')
  where r.how = 'registered' and r.status = 'completed'
  group by r.no, r.asset, r.day, r.amount)`;

/** What the pool listed before our books began is nobody's business. */
const SINCE = `since as (
  select s.asset, least(coalesce(w.since, span.begun), f.at - interval '2 minutes') as at
  from span cross join (select distinct asset from reconciliation_rows r, span where r.run_id = span.run_id) s
  left join pool_watches w on w.provider = 'hashdam' and w.asset = s.asset
  left join lateral (
    select min(fenced_at) as at from payout_attempts where provider = 'hashdam' and asset = s.asset) f on true)`;

/**
 * What each day of a coin comes to at the pool, and which way of taking fees its balance shows: null for neither. A day on
 * which a payment of ours may have left without being listed shows nothing: fees of as much would look like it. Nor does one
 * with a payment that was open over either of its ends, by whichever clock: on which side of it the coins left is not known.
 */
const DAYS = `open_over as materialized (
  select o.* from span, lateral (
    select a.asset, a.fenced_at - interval '2 minutes' as since,
      coalesce(a.late_at, a.ended_at, 'infinity') + interval '2 minutes' as until
    from payout_attempts a where a.provider = 'hashdam' and a.reference is not null) o
  where o.until > span.first::timestamp at time zone 'UTC'
    and (o.since at time zone 'UTC')::date < (o.until at time zone 'UTC')::date),
days as (
  select b.asset, b.day, b.amount as shown, h.held - s.with_fee as by_figures, s.with_fee <> s.without as has_fees,
    case b.amount when h.held - s.with_fee then 'on_top' when h.held - s.without then 'inside' end as mode,
    not exists (
      select 1 from payout_attempts a where a.provider = 'hashdam' and a.asset = b.asset and a.reference is null
        and a.fenced_at < (b.day + 1)::timestamp at time zone 'UTC' + interval '2 minutes'
        and (a.ended_at is null or a.ended_at > a.lease_until)
        and coalesce(a.ended_at, 'infinity') > b.day::timestamp at time zone 'UTC')
    and not exists (
      select 1 from open_over o, (values (b.day), (b.day + 1)) cut (day)
      where o.asset = b.asset and cut.day::timestamp at time zone 'UTC' between o.since and o.until) as teaches
  from span join mining_balances b on b.day between span.first and span.last
  join mining_balances before on before.day = b.day - 1 and ${sameLevel('before', 'asset')}
  join mining_balances mined on mined.day = b.day and ${sameLevel('mined', 'profit')}
  cross join lateral (select before.amount + mined.amount as held) h
  cross join lateral (
    select coalesce(sum(r.amount + r.fee), 0) as with_fee, coalesce(sum(r.amount), 0) as without
    from listed r where r.asset = b.asset and r.day = b.day and r.status <> 'failed') s
  where b.owner_type = 'project' and b.owner_id = 'hashdam' and b.kind = 'asset'
    and exists (select 1 from reconciliation_rows r where r.run_id = span.run_id and r.asset = b.asset))`;

/**
 * Of the days that add up, by how much the books took more out of the pool, because of its fees; less what people have put
 * right of it already, under the incidents of that day.
 */
const FEES_BOOKED = `fees_booked as (
  select f.asset, f.day, f.mode, f.shown, f.over - coalesce((
    select sum(e.amount) from incidents i
    join ledger_transactions t on t.incident_id = i.id and t.kind = 'ADJUST'
    join ledger_entries e on e.transaction_id = t.id and e.code = 'pool:hashdam' and e.asset = f.asset
    where i.kind = 'history_contradicts' and i.subject = concat_ws(' ', 'fees', f.asset, f.day)), 0) as over
  from (
    select d.asset, d.day, d.mode, d.shown,
      sum(k.moved - k.amount - case d.mode when 'on_top' then k.booked_fee else 0 end) as over
    from days d join (
      select asset, day, amount, moved, booked_fee from booked
      union all
      select asset, day, amount, moved, booked_fee from registered) k on k.asset = d.asset and k.day = d.day
    where d.has_fees and d.mode is not null and d.teaches and k.moved is not null
    group by d.asset, d.day, d.mode, d.shown) f)`;

/**
 * A row that an attempt without a name may have made is that attempt's to find, or people's who look at it; one that did
 * not pay is nothing to an attempt that was not made either.
 */
const MAY_BE_NAMELESS = `exists (
  select 1 from payout_attempts a
  where a.provider = 'hashdam' and a.asset = r.asset and a.amount = r.amount and a.reference is null
    and (a.status in ('dispatching', 'unknown') or (a.status = 'not_executed' and r.status <> 'completed'))
    and (r.created_at is null or r.created_at between a.fenced_at - interval '3 minutes' and a.lease_until + interval '16 minutes'))`;

const ABOUT_ATTEMPT = 'id::text as subject, asset, day, reference, withdrawal_id, id as attempt_id';
const text = (amount: string) => `trim_scale(${amount})::text`;

/** One look for differences: what it selects is `kind, subject, asset, day, reference, …, expected, observed`. */
interface Comparison {
  readonly with: readonly string[];
  readonly select: string;
}

export const COMPARISONS: readonly Comparison[] = [
  {
    with: [ATTEMPTS],
    select: `select 'missing' as kind, ${ABOUT_ATTEMPT}, ${text('amount')} as expected, null as observed from attempts a, span
      where provider = 'hashdam' and paid and not exists (
        select 1 from reconciliation_rows r where r.run_id = span.run_id and r.attempt_id = a.id)
      and not exists (select 1 from reconciliation_rows r where r.run_id = span.run_id and r.named_id = a.id)`,
  },
  {
    with: [LISTED, SINCE],
    select: `select 'extra' as kind, concat_ws(' ', r.reference, r.asset, r.amount_text, r.created_at, r.status) as subject, r.asset, r.day,
        r.reference, null::uuid as withdrawal_id, null::uuid as attempt_id, null as expected, r.amount_text as observed
      from listed r join since s on s.asset = r.asset
      where r.attempt_id is null and r.named_id is null and r.how is null
        and (r.created_at is null or r.created_at >= s.at) and not ${MAY_BE_NAMELESS}`,
  },
  {
    with: [LISTED, OWNED],
    select: `select 'repeated' as kind, ${ABOUT_ATTEMPT}, '1' as expected, count(*)::text as observed
      from (select id, asset, reference, withdrawal_id, min(day) over (partition by id) as day from owned) o
      group by id, asset, day, reference, withdrawal_id having count(*) > 1`,
  },
  {
    with: [LISTED],
    select: `select 'amount' as kind, a.id::text as subject, a.asset, r.day, a.reference, a.withdrawal_id, a.id as attempt_id,
        ${text('a.amount')} as expected, r.amount_text as observed
      from listed r join payout_attempts a on a.id = r.named_id`,
  },
  {
    with: [LISTED, OWNED],
    select: `select 'status' as kind, ${ABOUT_ATTEMPT}, case when paid then 'completed' when status = 'not_executed' then 'failed' else 'pending' end
        as expected, raw_status as observed
      from owned, span
      where case when paid then listed_status <> 'completed'
        when taken_back_at is not null then false
        when status = 'not_executed' then listed_status <> 'failed'
        else deadline_at < span.begun and listed_status <> 'moving' end`,
  },
  {
    with: [LISTED, OWNED],
    select: `select 'address' as kind, ${ABOUT_ATTEMPT}, to_address as expected, listed_address as observed
      from owned where lower(trim(listed_address)) <> lower(trim(to_address))`,
  },
  {
    with: [ATTEMPTS],
    select: `select 'address' as kind, a.id || ' asked' as subject, a.asset, a.day, a.reference, a.withdrawal_id, a.id as attempt_id,
        w.destination_address as expected, a.to_address as observed
      from attempts a join withdrawals w on w.id = a.withdrawal_id where a.to_address <> w.destination_address`,
  },
  {
    with: [LISTED, OWNED, BOOKED],
    select: `select v.kind, ${ABOUT_ATTEMPT}, v.expected, v.observed
      from booked cross join lateral (values
        ('fee', ${text('booked_fee')}, ${text('fee')}, moved is not null and booked_fee is distinct from fee),
        ('booked', ${text('coalesce(moved, 0)')}, ${text('amount + booked_fee')},
          coalesce(moved, 0) not in (amount + booked_fee, amount))) v (kind, expected, observed, differs)
      where v.differs`,
  },
  {
    with: [ATTEMPTS],
    select: `select 'postings' as kind, ${ABOUT_ATTEMPT}, wanted as expected, kinds as observed
      from (
        select a.*, case status when 'confirmed' then 'DISPATCH, SETTLE' when 'not_executed' then 'DISPATCH, RETURN'
          else 'DISPATCH' end as wanted, t.kinds
        from attempts a left join (
          select t.attempt_id, string_agg(t.kind, ', ' order by t.kind) as kinds
          from attempts a join ledger_transactions t on t.attempt_id = a.id
          where t.kind in ('DISPATCH', 'RETURN', 'SETTLE') group by t.attempt_id) t on t.attempt_id = a.id) p
      where kinds is distinct from wanted`,
  },
  {
    with: [ATTEMPTS],
    select: `select 'withdrawal' as kind, a.id::text as subject, a.asset, a.day, a.reference, a.withdrawal_id, a.id as attempt_id,
        s.wanted as expected, w.status as observed
      from attempts a join withdrawals w on w.id = a.withdrawal_id
      cross join lateral (select case a.status when 'confirmed' then 'completed' when 'dispatching' then 'approved'
        when 'unknown' then 'manual-review' when 'not_executed' then w.status else a.status end as wanted) s, span
      where w.status <> s.wanted and a.taken_back_at is null and w.updated_at < span.begun
        and not exists (select 1 from payout_attempts later where later.withdrawal_id = w.id and later.no > a.no)`,
  },
  {
    with: [LISTED, OWNED, BOOKED, REGISTERED, DAYS, FEES_BOOKED],
    select: `select 'equation' as kind, concat_ws(' ', d.asset, d.day) as subject, d.asset, d.day, null as reference, null::uuid as withdrawal_id,
        null::uuid as attempt_id, ${text('d.expected')} as expected, ${text('d.shown')} as observed
      from (
        select asset, day, by_figures as expected, shown from days where mode is null
        union all
        select asset, day, shown - over, shown from fees_booked where over <> 0) d`,
  },
];

/** The same owner and coin as `b`, another kind of figure. */
function sameLevel(name: string, kind: string): string {
  return `${name}.owner_type = b.owner_type and ${name}.owner_id = b.owner_id and ${name}.asset = b.asset and ${name}.kind = '${kind}'`;
}

/** How the pool takes its fees of a coin, by its newest day that adds up one way only. */
export const LEARN_FEE_MODES = `
  with ${SPAN}, ${LISTED}, ${DAYS}
  insert into pool_fee_modes as m (asset, mode, day, since)
  select distinct on (asset) asset, mode, day, day from days where has_fees and mode is not null and teaches
  order by asset, day desc
  on conflict (asset) do update set mode = excluded.mode, day = excluded.day,
    since = case when m.mode = excluded.mode then m.since else excluded.day end, learned_at = clock_timestamp()
  where excluded.day >= m.day and excluded.mode <> m.mode or excluded.day > m.day
  returning asset, mode, day::text as day`;

/** Days that were booked the other way, and by how much; of those two people are told. */
export const FEES_BOOKED_WRONG = `
  with ${[SPAN, LISTED, OWNED, BOOKED, REGISTERED, DAYS, FEES_BOOKED].join(', ')}
  select f.asset, f.day::text as day, f.mode, ${text('f.over')} as over, ${text('f.shown - f.over')} as booked,
    ${text('f.shown')} as shown
  from fees_booked f where f.over <> 0 order by f.asset, f.day`;

/** Whose each row is: by what was claimed, else by name, coin and amount. */
export const OWNERS = `
  with owners as (
    select r.no, c.how, coalesce(c.attempt_id, case when c.how is null then a.id end) as attempt_id
    from reconciliation_rows r
    left join pool_row_claims c on c.provider = 'hashdam' and c.reference = r.reference and c.asset = r.asset
      and c.amount = r.amount and c.row_created_at is not distinct from r.created_at
    left join payout_attempts a on a.provider = 'hashdam' and a.reference = r.reference and a.asset = r.asset
      and a.amount = r.amount
    where r.run_id = $1)
  update reconciliation_rows r set how = o.how, attempt_id = o.attempt_id from owners o where o.no = r.no`;

/** A row with the name of an attempt that no row fits is that attempt's, with another amount. */
export const NAMESAKES = `
  with namesakes as (
    select r.no, a.id, row_number() over (partition by a.id order by r.created_at, r.no) as place
    from reconciliation_rows r
    join payout_attempts a on a.provider = 'hashdam' and a.reference = r.reference and a.asset = r.asset
    where r.run_id = $1 and r.attempt_id is null and r.how is null
      and not exists (select 1 from reconciliation_rows o where o.run_id = $1 and o.attempt_id = a.id))
  update reconciliation_rows r set named_id = n.id from namesakes n where n.no = r.no and n.place = 1`;

/** Seen again it stays one; what a person said of it counts for as long as it says the same. */
export function keepDifferences({ with: parts, select }: Comparison): string {
  return `
    with ${[SPAN, ...parts].join(', ')}
    insert into reconciliation_differences as d (id, kind, subject, asset, day, reference, withdrawal_id, attempt_id,
      expected, observed, found_in, seen_in, found_at, seen_at)
    select gen_random_uuid(), f.kind, f.subject, f.asset, f.day, f.reference, f.withdrawal_id, f.attempt_id, f.expected,
      f.observed, span.run_id, span.run_id, clock_timestamp(), clock_timestamp()
    from (select distinct on (kind, subject) * from (${select}) each order by kind, subject) f, span
    on conflict (kind, subject) where gone_at is null do update set
      seen_in = excluded.seen_in, seen_at = excluded.seen_at, expected = excluded.expected, observed = excluded.observed,
      explained_at = case when ${SAME} then d.explained_at end,
      explained_by = case when ${SAME} then d.explained_by end,
      note = case when ${SAME} then d.note end`;
}

const SAME = '(d.expected, d.observed) is not distinct from (excluded.expected, excluded.observed)';

/** A run that went over a day and did not see a difference of it any more. */
export const NOTE_GONE = `
  with ${SPAN}
  update reconciliation_differences d set gone_at = clock_timestamp() from span
  where d.gone_at is null and d.day between span.first and span.last and d.seen_at < span.begun and d.seen_in <> span.run_id`;

/** Of the run's own days; `known` are those that need no attempt: from before our books, registered or explained by people. */
export const COUNT_ROWS = `
  with ${SPAN}, ${LISTED}, ${SINCE}
  select count(*)::int as listed, (count(*) filter (where r.attempt_id is null and r.named_id is null
    and (r.how is not null or r.created_at < s.at)))::int as known
  from listed r join since s on s.asset = r.asset`;

export const COUNT_ATTEMPTS = `with ${SPAN}, ${ATTEMPTS} select count(*)::int as count from attempts`;
