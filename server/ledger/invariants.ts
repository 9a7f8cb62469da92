import { listOf } from '#server/database/sql.ts';
import { OPEN_ATTEMPT_STATUSES } from '#server/withdrawals/statuses.ts';

/**
 * What must be true of the books at any time, as SQL that finds whatever breaks it. One list for tests, for the
 * reconciliation and for anybody who wants to look: each text stands alone, takes no parameters and changes nothing.
 */
export type Rules = Readonly<Record<string, string>>;

/** A rule and the rows that break it. */
export interface Breach {
  readonly rule: string;
  readonly rows: readonly object[];
}

/** Every rule that does not hold, in the order of the list. `query` runs one text. */
export async function breachesOf(query: (text: string) => Promise<object[]>, rules: Rules): Promise<Breach[]> {
  const breaches: Breach[] = [];
  for (const [rule, text] of Object.entries(rules)) {
    const rows = await query(text);
    if (rows.length > 0) breaches.push({ rule, rows });
  }
  return breaches;
}

/** Movements of a kind whose attempt lacks another. */
const without = (kind: string, before: string): string => `
  select t.id, t.attempt_id from ledger_transactions t where t.kind = '${kind}' and not exists (
    select 1 from ledger_transactions b where b.kind = '${before}' and b.attempt_id = t.attempt_id
      and b.withdrawal_id = t.withdrawal_id and b.asset = t.asset)`;

/** Of the entries alone. */
export const LEDGER_RULES: Rules = {
  'a transaction that does not sum to zero': `
    select transaction_id, asset, sum(amount)::text from ledger_entries
    group by transaction_id, asset having sum(amount) <> 0`,
  'a transaction without two entries of its own asset': `
    select t.id from ledger_transactions t left join ledger_entries e on e.transaction_id = t.id and e.asset = t.asset
    group by t.id having count(e.id) < 2`,
  'an asset that does not sum to zero': `
    select asset, sum(amount)::text from ledger_entries group by asset having sum(amount) <> 0`,
  'a kept balance that is not the sum of its entries': `
    select b.code, b.asset, b.balance::text from ledger_balances b
    where b.balance <> (select coalesce(-sum(e.amount), 0) from ledger_entries e where (e.code, e.asset) = (b.code, b.asset))`,
  'a guarded account without a kept balance, or a kept balance without one': `
    select code, asset from ledger_accounts a full join ledger_balances b using (code, asset)
    where (code like 'user:%' or code like 'wallet:%') <> (b.balance is not null)`,
  'a balance below zero': 'select code, asset from ledger_balances where balance < 0',
  'a debt or gas below zero': `
    select code, asset, sum(e.amount)::text from ledger_entries e join ledger_accounts a using (code, asset)
    where bucket in ('receivable', 'gas') group by code, asset, bucket
    having sum(e.amount) * case bucket when 'gas' then -1 else 1 end < 0`,
  'a total that is not the sum of its entries': `
    select asset, bucket from ledger_entries join ledger_accounts using (code, asset)
    group by asset, bucket
    having sum(amount) <> coalesce((select amount from ledger_totals t where (t.asset, t.bucket) = (ledger_entries.asset, ledger_accounts.bucket)), 0)
      + coalesce(sum(amount) filter (where xact >= (select through from ledger_fold)), 0)`,
  'an account in an asset of the other family': `
    select code, asset from ledger_accounts join assets using (asset)
    where (chain = 'hashdam') <> (bucket in ('available', 'held', 'in_flight', 'pool:hashdam', 'undistributed',
        'expense:pool_fee', 'suspense:hashdam'))
      and bucket not in ('payable', 'company', 'receivable', 'receivable:pool', 'loss')`,
  'an entry of somebody else’s account': `
    select t.id, a.code from ledger_entries e join ledger_accounts a on (a.code, a.asset) = (e.code, e.asset)
    join ledger_transactions t on t.id = e.transaction_id
    where a.member_id is not null and a.member_id is distinct from t.member_id
      or a.wallet_id is not null and a.wallet_id is distinct from t.wallet_id`,
  'a credit of which more was reversed than it gave': `
    select coalesce(t.reverses_id, t.id) as credit, sum(e.amount)::text from ledger_transactions t
    join ledger_entries e on e.transaction_id = t.id and e.code = 'undistributed'
    where t.kind in ('CREDIT', 'REVERSE') group by 1 having sum(e.amount) < 0`,
  'an attempt that ended twice': `
    select attempt_id from ledger_transactions where kind in ('SETTLE', 'RETURN')
    group by attempt_id having count(*) > 1`,
  'a payment of an attempt that was never dispatched': without('SETTLE', 'DISPATCH'),
  'a return of an attempt that was never dispatched': without('RETURN', 'DISPATCH'),
  'a late payment of an attempt that was never returned': without('LATE', 'RETURN'),
  'a payment taken back that was never made': without('UNSETTLE', 'SETTLE'),
  'a release without its hold': `
    select t.id from ledger_transactions t where t.kind = 'RELEASE' and not exists (select 1 from ledger_transactions h
      where h.kind = 'HOLD' and (h.withdrawal_id, h.revision) = (t.withdrawal_id, t.revision))`,
};

const OPEN = listOf(OPEN_ATTEMPT_STATUSES);

/** Whose line of the books a withdrawal moves. */
const lineOf = (bucket: string): string =>
  `case w.kind when 'mining' then 'user:' || w.member_id else 'wallet:' || w.wallet_id end || ':${bucket}' as code`;

/** A bucket must be what the withdrawals say; `amounts` gives (code, asset, amount). */
const explained = (buckets: string, amounts: string): string => `
  select coalesce(b.code, w.code) as code, coalesce(b.asset, w.asset) as asset, b.balance::text as booked,
    w.amount::text as explained
  from (select code, asset, balance from ledger_balances join ledger_accounts using (code, asset)
        where bucket in (${buckets})) b
  full join (select code, asset, sum(amount) as amount from (${amounts}) each group by code, asset) w using (code, asset)
  where coalesce(b.balance, 0) <> coalesce(w.amount, 0)`;

const booked = (kind: string): string =>
  `exists (select 1 from ledger_transactions t where t.kind = '${kind}' and t.attempt_id = a.id and t.asset = a.asset)`;

/** That withdrawals and their attempts explain every coin that is not free. Both families. */
export const WITHDRAWAL_RULES: Rules = {
  'held that no waiting withdrawal explains': explained(
    `'held', 'wallet:held'`,
    `select ${lineOf('held')}, w.asset, w.amount from withdrawals w
     where w.status in ('pending', 'approved_pending', 'approved', 'retrying')
       and not exists (select 1 from payout_attempts a where a.withdrawal_id = w.id and a.status in ${OPEN})`,
  ),
  'in flight that no open attempt explains': explained(
    `'in_flight', 'wallet:in_flight'`,
    `select ${lineOf('in_flight')}, a.asset, a.amount from payout_attempts a join withdrawals w on w.id = a.withdrawal_id
     where a.status in ${OPEN}`,
  ),
  'payable that no completed withdrawal explains': explained(
    `'payable'`,
    `select 'user:' || w.member_id || ':payable' as code, w.asset, w.amount from withdrawals w
     where w.status = 'completed'
       and not exists (select 1 from ledger_transactions t where t.kind = 'HANDOVER' and t.withdrawal_id = w.id)
       and (w.kind = 'mining' or exists (select 1 from ledger_transactions t
         join ledger_entries e on e.transaction_id = t.id
         join ledger_accounts a on (a.code, a.asset) = (e.code, e.asset)
         where t.withdrawal_id = w.id and t.kind in ('SETTLE', 'ADOPT') and a.bucket = 'payable'))`,
  ),
  'an attempt whose status and postings disagree': `
    select a.id, a.status from payout_attempts a
    where not ${booked('DISPATCH')} or ${booked('SETTLE')} <> (a.status = 'confirmed')
      or ${booked('RETURN')} <> (a.status = 'not_executed')`,
};

/**
 * Not a broken rule but something to look at, by the code that people are told it by: more is owed than the pool and the
 * company have of a coin, or than is on chain in a wallet, more was credited than mined, no open incident explains suspense.
 * A row says `asset`, the `amount` that is missing, of how much that is `claimed`, and `walletId` or `incident` where it is
 * about one. Suspense stands against nothing. What the company put into a wallet is its own still, and came from a treasury
 * of which the books know no more than what payments out of wallets brought: it makes nothing of what is owed uncovered.
 */
export const ALARMS: Rules = {
  coin_owed_beyond_held: `
    select e.asset, trim_scale(-sum(e.amount))::text as amount,
      trim_scale(-sum(e.amount) filter (where a.bucket not in ('pool:hashdam', 'company')))::text as claimed
    from ledger_entries e join ledger_accounts a using (code, asset) join ledger_transactions t on t.id = e.transaction_id
    where a.bucket in ('pool:hashdam', 'company', 'available', 'held', 'in_flight', 'payable') and t.kind <> 'DEPOSIT'
    group by e.asset having sum(e.amount) < 0`,
  wallet_owes_beyond_chain: `
    select a.wallet_id as "walletId", e.asset, trim_scale(-sum(e.amount))::text as amount,
      trim_scale(-sum(e.amount) filter (where a.bucket <> 'chain'))::text as claimed
    from ledger_entries e join ledger_accounts a using (code, asset)
    where a.wallet_id is not null group by a.wallet_id, e.asset having sum(e.amount) < 0`,
  coin_credited_beyond_mined: `
    select e.asset, trim_scale(sum(e.amount))::text as amount,
      trim_scale(sum(e.amount) filter (where t.kind in ('CREDIT', 'REVERSE')))::text as claimed
    from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
    where e.code = 'undistributed' group by e.asset having sum(e.amount) > 0`,
  suspense_unexplained: `
    select asset, incident, trim_scale(abs(sum(amount)))::text as amount from (
      select e.asset, e.amount, case when t.kind in ('LATE', 'ADOPT', 'UNLATE') then t.attempt_id else coalesce((
          select i.attempt_id from incidents i where i.id = t.incident_id and i.kind = 'late_success'), t.incident_id)
        end as incident
      from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
      where e.code in ('suspense:hashdam', 'suspense:mblock')) each
    group by asset, incident having sum(amount) <> 0 and not exists (
      select 1 from incidents i where i.closed_at is null
        and (i.id = incident or i.kind = 'late_success' and i.attempt_id = incident))`,
};
