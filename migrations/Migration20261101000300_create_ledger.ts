import { Migration } from '@mikro-orm/migrations';

/**
 * Double-entry books. Entries are signed: debit above zero, credit below. Only accounts that must never go below zero
 * (`user:*`, `wallet:*`) have a balance row; all others are sums, so no payout waits for another one's row.
 */
export class Migration20261101000300_create_ledger extends Migration {
  override up(): void {
    this.addSql(`
      create table assets (
        asset text primary key check (asset ~ '^[A-Za-z0-9:]{1,64}$'),
        chain text not null check (chain in ('hashdam', 'bsc')),
        contract text,
        symbol text not null,
        scale integer not null check (scale between 0 and 18),
        enabled boolean not null,
        check (chain = 'bsc' or contract is null),
        check (chain <> 'bsc' or contract is not null or asset = 'BSC:BNB')
      )`);
    this.addSql('create unique index assets_contract on assets (chain, lower(contract)) where contract is not null');
    this.addSql(`
      insert into assets (asset, chain, contract, symbol, scale, enabled)
      select coin, 'hashdam', null, coin, 8, true
      from unnest(array['LTC', 'DOGE', 'BELLS', 'LKY', 'PEP', 'JKC', 'DINGO', 'SHIC']) coin
      union all select 'BSC:BNB', 'bsc', null, 'BNB', 18, true`);
    this.addSql(`
      create table ledger_accounts (
        code text not null,
        asset text not null references assets (asset),
        bucket text not null,
        member_id text,
        wallet_id uuid,
        created_at timestamptz not null default now(),
        primary key (code, asset)
      )`);
    this.addSql('create index ledger_accounts_member on ledger_accounts (member_id) where member_id is not null');
    this.addSql('create index ledger_accounts_asset on ledger_accounts (asset, bucket)');
    this.addSql(`
      create table ledger_balances (
        code text not null,
        asset text not null,
        balance numeric(38,18) not null default 0 check (balance >= 0),
        primary key (code, asset),
        foreign key (code, asset) references ledger_accounts (code, asset)
      ) with (fillfactor = 80)`);
    this.addSql(`
      create table ledger_transactions (
        id uuid primary key,
        kind text not null check (kind in ('COLLECT', 'CREDIT', 'HOLD', 'RELEASE', 'DISPATCH', 'RETURN', 'SETTLE')),
        asset text not null references assets (asset),
        member_id text,
        withdrawal_id uuid,
        attempt_id uuid,
        revision integer,
        source text,
        reference text,
        actor_type text not null,
        actor_id text not null,
        posted_at timestamptz not null,
        effective_at timestamptz not null,
        check (kind not in ('DISPATCH', 'RETURN', 'SETTLE') or (attempt_id is not null and withdrawal_id is not null)),
        check (kind not in ('HOLD', 'RELEASE') or (withdrawal_id is not null and revision is not null)),
        check (kind not in ('CREDIT', 'COLLECT') or (source is not null and reference is not null))
      )`);
    this.addSql(`
      create unique index ledger_transactions_attempt on ledger_transactions (kind, attempt_id)
        where kind in ('DISPATCH', 'RETURN', 'SETTLE')`);
    this.addSql(`
      create unique index ledger_transactions_closes_once on ledger_transactions (attempt_id)
        where kind in ('RETURN', 'SETTLE')`);
    this.addSql(`
      create unique index ledger_transactions_hold on ledger_transactions (kind, withdrawal_id, revision)
        where kind in ('HOLD', 'RELEASE')`);
    this.addSql(`
      create unique index ledger_transactions_credit on ledger_transactions (source, reference, member_id, asset)
        where kind = 'CREDIT'`);
    this.addSql(`
      create unique index ledger_transactions_collect on ledger_transactions (source, reference, asset, revision)
        where kind = 'COLLECT'`);
    this.addSql(
      'create index ledger_transactions_withdrawal on ledger_transactions (withdrawal_id) where withdrawal_id is not null',
    );
    this.addSql(`
      create table ledger_entries (
        id uuid primary key,
        transaction_id uuid not null references ledger_transactions (id) deferrable initially deferred,
        code text not null,
        asset text not null,
        amount numeric(38,18) not null check (amount <> 0),
        xact xid8 not null default pg_current_xact_id(),
        foreign key (code, asset) references ledger_accounts (code, asset) deferrable initially deferred
      )`);
    this.addSql('create index ledger_entries_transaction on ledger_entries (transaction_id)');
    this.addSql('create index ledger_entries_account on ledger_entries (code, asset, id) include (amount)');
    this.addSql('create index ledger_entries_xact on ledger_entries (xact)');
    this.#balances();
    this.#balanced();
    this.#totals();
    for (const table of ['ledger_transactions', 'ledger_entries']) {
      this.addSql(`
        create trigger ${table}_append_only before update or delete on ${table}
          for each row execute function refuse_change()`);
      this.addSql(`
        create trigger ${table}_no_truncate before truncate on ${table}
          for each statement execute function refuse_change()`);
    }
  }

  /** A guarded account's balance follows its entries and nothing else can write it. Both kinds are liabilities: credit adds. */
  #balances(): void {
    this.addSql(`
      create function open_balance() returns trigger language plpgsql as $$
      begin
        insert into ledger_balances (code, asset) values (new.code, new.asset);
        return null;
      end $$`);
    this.addSql(`
      create trigger ledger_accounts_open_balance after insert on ledger_accounts
        for each row when (new.code like 'user:%' or new.code like 'wallet:%') execute function open_balance()`);
    this.addSql(`
      create function apply_entry() returns trigger language plpgsql as $$
      begin
        update ledger_balances set balance = balance - new.amount where code = new.code and asset = new.asset;
        if not found then
          raise exception 'account % of % has no balance row', new.code, new.asset using errcode = 'foreign_key_violation';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger ledger_entries_apply after insert on ledger_entries
        for each row when (new.code like 'user:%' or new.code like 'wallet:%') execute function apply_entry()`);
    this.addSql(`
      create trigger ledger_balances_only_by_entry before insert or update or delete on ledger_balances
        for each row when (pg_trigger_depth() = 0) execute function refuse_change()`);
    this.addSql(`
      create trigger ledger_balances_no_truncate before truncate on ledger_balances
        for each statement execute function refuse_change()`);
  }

  /** Checked at commit, so that a transaction may be written leg by leg but never be left unbalanced, not even by raw SQL. */
  #balanced(): void {
    this.addSql(`
      create function check_balanced() returns trigger language plpgsql as $$
      declare
        subject uuid;
        legs integer;
        total numeric;
        assets integer;
      begin
        if tg_table_name = 'ledger_entries' then subject := new.transaction_id; else subject := new.id; end if;
        select count(*), coalesce(sum(amount), 0), count(distinct asset) into legs, total, assets
          from ledger_entries where transaction_id = subject;
        if legs < 2 or total <> 0 or assets <> 1 then
          raise exception 'ledger transaction % is not balanced: % legs of % assets, sum %', subject, legs, assets, total
            using errcode = 'check_violation';
        end if;
        return null;
      end $$`);
    for (const table of ['ledger_transactions', 'ledger_entries']) {
      this.addSql(`
        create constraint trigger ${table}_balanced after insert on ${table}
          deferrable initially deferred for each row execute function check_balanced()`);
    }
  }

  /**
   * Sums per asset and bucket without a row that every payout touches: a job folds the entries of finished transactions
   * into `ledger_totals`, and a reader adds the few that came since. `through` is the first transaction not yet folded.
   */
  #totals(): void {
    this.addSql(`
      create table ledger_totals (
        asset text not null references assets (asset),
        bucket text not null,
        amount numeric(38,18) not null,
        primary key (asset, bucket)
      )`);
    this.addSql(`
      create table ledger_fold (
        one boolean primary key default true check (one),
        through xid8 not null
      )`);
    this.addSql("insert into ledger_fold (through) values ('0')");
  }

  override down(): void {
    this.addSql('drop table ledger_fold');
    this.addSql('drop table ledger_totals');
    this.addSql('drop table ledger_entries');
    this.addSql('drop table ledger_transactions');
    this.addSql('drop table ledger_balances');
    this.addSql('drop table ledger_accounts');
    this.addSql('drop table assets');
    this.addSql('drop function check_balanced()');
    this.addSql('drop function apply_entry()');
    this.addSql('drop function open_balance()');
  }
}
