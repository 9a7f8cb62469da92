// What the seed writes, by SQL alone: a million rows by way of the services would take an hour. The rows are what the
// services would have written: digests, votes, and for what is still pending the funds held in the books.

const ID = (at: string, salt: string): string =>
  `(lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '7' || substr(md5('${salt}' || n), 1, 3) || '8'
    || substr(md5('${salt}' || n), 4, 15))::uuid`;

/** The simulated pool's account, so that its payouts go where they were approved to go. */
const ACCOUNT = 'treasury@platform.example';

/** The canonical JSON of `server/withdrawals/digest.ts`, as text. */
const DIGEST = `encode(sha256(convert_to('{"amount":"' || amount || '","asset":"DOGE","destination":{"address":"${ACCOUNT}",'
  || '"type":"account"},"id":"' || id || '","kind":"mining","memberId":"' || member_id || '","policyVersion":"1",'
  || '"revision":1,"walletId":null}', 'UTF8')), 'hex')`;

export const PEOPLE = [
  // With a second factor, whose codes nobody types: no vote of anybody without one counts.
  `with people as (
     insert into operators (id, email, name, role, created_at, updated_at) values
       ($1, 'approver@bench.invalid', 'Approver', 'finance', now(), now()),
       ($2, 'second@bench.invalid', 'Second', 'finance', now(), now())
     returning id)
   insert into operator_second_factors (id, operator_id, sealed_key, created_at, confirmed_at)
   select gen_random_uuid(), id, 'v1:k1:never-opened', now(), now() from people`,
  `insert into api_keys (id, name, scopes, created_by, created_at)
    values ($1, 'platform', array['withdraw'], $2, now())`,
] as const;

/** One person is enough for everything, so that one call is one approval. */
const RULES = {
  tiers: [{ approvals: 1, groups: { join: 'all', of: [] }, from: { amounts: [], value: null } }],
  expiresAfterHours: 72,
  cancelWindowMinutes: 0,
};

export const POLICY = `
  insert into policy_versions (id, no, rules, effective_from, loosens, confirmed_at, applied_at)
  values (gen_random_uuid(), 1, '${JSON.stringify(RULES)}', 'epoch', false, now(), now())`;

/** Rows $1 to $2; the $5 past row $3 are pending ones on top. $4: the API key that asked. 20 seconds apart. */
export const WITHDRAWALS = `
  with numbered as (
    select n, now() - ($3::bigint + $5::bigint - n) * interval '20 seconds' as at,
      case when n > $3::bigint or n % 100 < 2 then 'pending' when n % 100 = 2 then 'approved' when n % 100 = 3
        then 'submitted' when n % 100 < 10 then 'rejected' else 'completed' end as status
    from generate_series($1::bigint, $2::bigint) n
  ), drawn as (
    select n, at, status, ${ID('at', 'withdrawal')} as id, 'member-' || n % 5000 as member_id,
      trim_scale((n * 7919 % 90000000 + 1)::numeric / 10000)::text as amount
    from numbered
  )
  insert into withdrawals (id, kind, member_id, asset, amount, destination_address, destination_type, status,
    policy_version, policy_tier, approvals_required, revision, digest, reference, requested_by_type, requested_by_id, requested_at,
    expires_at, approved_at, not_before, valid_until, updated_at)
  select id, 'mining', member_id, 'DOGE', amount::numeric, '${ACCOUNT}', 'account', status, '1', 1, 1, 1, ${DIGEST},
    case status when 'pending' then 'pending-' || n end, 'api_key', $4::uuid, at, at + interval '72 hours', decided,
    decided, decided + interval '72 hours', coalesce(decided, at)
  from drawn, lateral (select case when status in ('pending', 'rejected') then null else at + interval '1 hour' end) d (decided)`;

/** A vote of operator $1 for everything that was approved. */
export const VOTES = `
  insert into withdrawal_approvals (id, withdrawal_id, revision, operator_id, digest, at)
  select gen_random_uuid(), id, 1, $1::uuid, digest, approved_at from withdrawals where approved_at is not null`;

/** A vote for everything that is pending; the table refuses to approve without. */
export const PENDING_VOTES = `
  insert into withdrawal_approvals (id, withdrawal_id, revision, operator_id, digest, at)
  select gen_random_uuid(), id, 1, $1::uuid, digest, now() from withdrawals where status = 'pending'`;

/** What is pending is approved, as W6 needs it. */
export const APPROVED = `
  update withdrawals set status = 'approved', approved_at = now(), not_before = now(), valid_until = now() + interval '72 hours'
  where status = 'pending'`;

/** The pool's account as the product has read it. */
export const PAYOUT_ACCOUNT = `
  insert into pool_projects (provider, name, account, read_at) values ('hashdam', 'Bench', '${ACCOUNT}', now())`;

/** Credits and holds for all that is pending: what the books say when members have asked and nobody has decided. */
export const BOOKS = [
  `insert into ledger_accounts (code, asset, bucket) values ('undistributed', 'DOGE', 'undistributed')`,
  `insert into ledger_accounts (code, asset, bucket, member_id)
    select 'user:' || member_id || ':' || bucket, 'DOGE', bucket, member_id
    from (select distinct member_id from withdrawals where status = 'pending') m,
      unnest(array['available', 'held']) bucket`,
  ...booked(
    `select gen_random_uuid() as id, 'CREDIT' as kind, member_id, null::uuid as withdrawal_id, null::int as revision,
      'bench' as source, 'seed' as reference, sum(amount) as amount from withdrawals where status = 'pending' group by member_id`,
    ["'undistributed'", "'user:' || member_id || ':available'"],
  ),
  ...booked(
    `select gen_random_uuid() as id, 'HOLD' as kind, member_id, id as withdrawal_id, revision, null as source,
      null as reference, amount from withdrawals where status = 'pending'`,
    ["'user:' || member_id || ':available'", "'user:' || member_id || ':held'"],
  ),
];

/** Transactions by one select, debiting the first account and crediting the second. */
function booked(select: string, [debit, credit]: readonly [string, string]): string[] {
  return [
    `create temporary table booking on commit drop as ${select}`,
    `insert into ledger_transactions (id, kind, asset, member_id, withdrawal_id, revision, source, reference, actor_type,
      actor_id, posted_at, effective_at)
      select id, kind, 'DOGE', member_id, withdrawal_id, revision, source, reference, 'system', 'bench', now(), now()
      from booking`,
    `insert into ledger_entries (id, transaction_id, code, asset, amount)
      select gen_random_uuid(), id, ${debit}, 'DOGE', amount from booking
      union all select gen_random_uuid(), id, ${credit}, 'DOGE', -amount from booking`,
    'drop table booking',
  ];
}

/** What W4 of an earlier run decided becomes pending again. Audit rows stay: they are append-only for everybody. */
export const RESET = [
  `delete from withdrawal_approvals where withdrawal_id in
    (select id from withdrawals where reference like 'pending-%')`,
  `update withdrawals set status = 'pending', approved_at = null, not_before = null, valid_until = null,
    updated_at = requested_at, expires_at = now() + interval '30 days', version = 1
    where reference like 'pending-%' and (status <> 'pending' or expires_at < now() + interval '1 day')`,
  'delete from pgboss.job',
];
