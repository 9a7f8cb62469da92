import { Migration } from '@mikro-orm/migrations';

const QUEUES = ['wallet.observe', 'wallets.sweep'];

/** What it takes to let the books follow the chain: when a wallet is looked at, what was seen, and what happened meanwhile. */
export class Migration20261124000061_observe_wallets extends Migration {
  override up(): void {
    this.addSql(`
      alter table wallets
        add column version integer not null default 0,
        add column pause_reason text check (length(pause_reason) between 1 and 200),
        add column observe_due_at timestamptz not null default now(),
        add check (status = 'paused' or pause_reason is null)`);
    this.addSql(`create index wallets_observe_due on wallets (observe_due_at, id) where status <> 'creating'`);
    this.addSql('create index wallets_address on wallets (lower(address))');
    this.addSql(`
      create table wallet_readings (
        wallet_id uuid not null references wallets (id) deferrable initially deferred,
        asset text not null references assets (asset),
        amount numeric(38,18) not null check (amount >= 0),
        version integer not null,
        read_at timestamptz not null,
        primary key (wallet_id, asset)
      )`);
    this.#versions();
    for (const queue of QUEUES) {
      this.addSql(`
        select pgboss.create_queue('${queue}', '${JSON.stringify({
          policy: 'standard',
          retryLimit: 20,
          retryDelay: 2,
          retryBackoff: true,
          retryDelayMax: 60,
          expireInSeconds: 300,
          heartbeatSeconds: 20,
          deleteAfterSeconds: 604_800,
          retentionSeconds: 1_209_600,
        })}'::jsonb)`);
    }
  }

  /** A balance that was read before one of these says nothing about the books after it. */
  #versions(): void {
    this.addSql(`
      create function note_chain_entry() returns trigger language plpgsql as $$
      begin
        update wallets set version = version + 1 where id = substr(new.code, 7)::uuid;
        return null;
      end $$`);
    this.addSql(`
      create trigger ledger_entries_wallet_version after insert on ledger_entries for each row
        when (new.code like 'chain:%' and new.code <> 'chain:fee') execute function note_chain_entry()`);
    this.addSql(`
      create function note_attempt_end() returns trigger language plpgsql as $$
      begin
        update wallets set version = version + 1 where id = new.wallet_id or lower(address) = lower(new.to_address);
        return null;
      end $$`);
    this.addSql(`
      create trigger payout_attempts_wallet_version after update of status on payout_attempts for each row
        when (new.wallet_id is not null and new.status in ('not_executed', 'confirmed') and old.status <> new.status)
        execute function note_attempt_end()`);
  }

  override down(): void {
    for (const queue of QUEUES) this.addSql(`select pgboss.delete_queue('${queue}')`);
    this.addSql('drop trigger payout_attempts_wallet_version on payout_attempts');
    this.addSql('drop function note_attempt_end()');
    this.addSql('drop trigger ledger_entries_wallet_version on ledger_entries');
    this.addSql('drop function note_chain_entry()');
    this.addSql('drop table wallet_readings');
    this.addSql('drop index wallets_address, wallets_observe_due');
    this.addSql('alter table wallets drop column version, drop column pause_reason, drop column observe_due_at');
  }
}
