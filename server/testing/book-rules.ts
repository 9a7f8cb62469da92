/** What must hold of the entries alone: see the invariants of the ledger. Rows that break a rule, by rule. */
export const LEDGER_RULES = {
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
  'a guarded account without a kept balance': `
    select code, asset from ledger_accounts a where (code like 'user:%' or code like 'wallet:%')
      and not exists (select 1 from ledger_balances b where (b.code, b.asset) = (a.code, a.asset))`,
  'a balance below zero': `select code, asset from ledger_balances where balance < 0`,
  'a total that is not the sum of its entries': `
    select asset, bucket from ledger_entries join ledger_accounts using (code, asset)
    group by asset, bucket
    having sum(amount) <> coalesce((select amount from ledger_totals t where (t.asset, t.bucket) = (ledger_entries.asset, ledger_accounts.bucket)), 0)
      + coalesce(sum(amount) filter (where xact >= (select through from ledger_fold)), 0)`,
};

const OPEN = `('dispatching', 'submitted', 'pending-transit', 'unknown')`;

/** A member's bucket must be what their withdrawals say; `amounts` gives (member_id, asset, amount). */
const explained = (bucket: string, amounts: string) => `
  select coalesce(b.member_id, w.member_id) as member, coalesce(b.asset, w.asset) as asset,
    b.balance::text as booked, w.amount::text as explained
  from (select member_id, asset, sum(balance) as balance from ledger_balances join ledger_accounts using (code, asset)
        where bucket = '${bucket}' and member_id is not null group by member_id, asset) b
  full join (select member_id, asset, sum(amount) as amount from (${amounts}) each group by member_id, asset) w
    using (member_id, asset)
  where coalesce(b.balance, 0) <> coalesce(w.amount, 0)`;

export const WITHDRAWAL_RULES = {
  'held that no waiting withdrawal explains': explained(
    'held',
    `select member_id, asset, amount from withdrawals w
     where kind = 'mining' and status in ('pending', 'approved_pending', 'approved', 'retrying')
       and not exists (select 1 from payout_attempts a where a.withdrawal_id = w.id and a.status in ${OPEN})`,
  ),
  'in flight that no open attempt explains': explained(
    'in_flight',
    `select w.member_id, a.asset, a.amount from payout_attempts a join withdrawals w on w.id = a.withdrawal_id
     where w.kind = 'mining' and a.status in ${OPEN}`,
  ),
  'payable that no completed withdrawal explains': explained(
    'payable',
    `select member_id, asset, amount from withdrawals where kind = 'mining' and status = 'completed'`,
  ),
};
