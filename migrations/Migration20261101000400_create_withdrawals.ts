import { Migration } from '@mikro-orm/migrations';

/** Requests, votes, attempts to pay and what was seen of each attempt. */
export class Migration20261101000400_create_withdrawals extends Migration {
  override up(): void {
    this.addSql(`
      create table withdrawals (
        id uuid primary key,
        kind text not null check (kind in ('mining', 'wallet_transfer', 'wallet_transit')),
        member_id text not null check (member_id ~ '^[A-Za-z0-9._:-]{1,64}$'),
        wallet_id uuid,
        asset text not null references assets (asset),
        amount numeric(38,18) not null check (amount > 0),
        destination_address text not null,
        destination_type text not null check (destination_type in ('account', 'address')),
        status text not null check (status in ('pending', 'approved_pending', 'approved', 'retrying', 'submitted',
          'pending-transit', 'manual-review', 'completed', 'failed', 'rejected', 'cancelled')),
        wait_reason text check (wait_reason in ('provider_paused', 'same_amount', 'funds', 'on_hold', 'not_before', 'configuration', 'approval_stale')),
        policy_version text not null,
        approvals_required integer not null check (approvals_required between 1 and 10),
        revision integer not null check (revision > 0),
        digest text not null check (digest ~ '^[0-9a-f]{64}$'),
        reference text,
        hold_reason text,
        hold_note text,
        hold_by text,
        hold_at timestamptz,
        requested_by_type text not null check (requested_by_type in ('operator', 'api_key')),
        requested_by_id uuid not null,
        requested_at timestamptz not null,
        expires_at timestamptz not null,
        approved_at timestamptz,
        not_before timestamptz,
        valid_until timestamptz,
        next_attempt_at timestamptz,
        updated_at timestamptz not null,
        version integer not null default 1,
        check (kind = 'mining' or wallet_id is not null),
        check ((hold_at is null) = (hold_reason is null))
      ) with (fillfactor = 85)`);
    this.addSql('create index withdrawals_status_requested on withdrawals (status, requested_at desc, id desc)');
    this.addSql('create index withdrawals_status_updated on withdrawals (status, updated_at desc, id desc)');
    this.addSql('create index withdrawals_requested on withdrawals (requested_at desc, id desc)');
    this.addSql('create index withdrawals_updated on withdrawals (updated_at desc, id desc)');
    this.addSql('create index withdrawals_member on withdrawals (member_id, requested_at desc, id desc)');
    this.addSql('create index withdrawals_reference on withdrawals (reference) where reference is not null');
    this.addSql(`
      create table withdrawal_approvals (
        id uuid primary key,
        withdrawal_id uuid not null references withdrawals (id) deferrable initially deferred,
        revision integer not null,
        operator_id uuid not null references operators (id) deferrable initially deferred,
        digest text not null check (digest ~ '^[0-9a-f]{64}$'),
        note text,
        at timestamptz not null,
        unique (withdrawal_id, revision, operator_id)
      )`);
    this.addSql(`
      create table payout_attempts (
        id uuid primary key,
        withdrawal_id uuid not null references withdrawals (id) deferrable initially deferred,
        no integer not null check (no > 0),
        provider text not null check (provider in ('hashdam', 'mblock')),
        asset text not null references assets (asset),
        amount numeric(38,18) not null check (amount > 0),
        digest text not null,
        status text not null check (status in ('dispatching', 'submitted', 'pending-transit', 'unknown', 'not_executed', 'confirmed')),
        reference text,
        worker text not null,
        fenced_at timestamptz not null,
        send_by timestamptz not null,
        lease_until timestamptz not null,
        counted boolean not null default true,
        error text,
        failed_seen_at timestamptz,
        looks integer not null default 0,
        looked_at timestamptz,
        ended_at timestamptz,
        updated_at timestamptz not null,
        version integer not null default 1,
        unique (withdrawal_id, no),
        check ((status in ('not_executed', 'confirmed')) = (ended_at is not null)),
        check (status <> 'submitted' or reference is not null)
      ) with (fillfactor = 85)`);
    this.addSql(`
      create unique index payout_attempts_one_open on payout_attempts (withdrawal_id)
        where status in ('dispatching', 'submitted', 'pending-transit', 'unknown')`);
    this.addSql(`
      create unique index payout_attempts_slot on payout_attempts (provider, asset, amount)
        where status in ('dispatching', 'unknown') and reference is null`);
    this.addSql(`
      create unique index payout_attempts_reference on payout_attempts (provider, reference, asset, amount)
        where reference is not null`);
    this.addSql(`
      create table payout_evidence (
        id uuid primary key,
        attempt_id uuid not null references payout_attempts (id) deferrable initially deferred,
        kind text not null check (kind in ('reply', 'history')),
        body jsonb not null,
        at timestamptz not null
      )`);
    this.addSql('create index payout_evidence_attempt on payout_evidence (attempt_id, id)');
    this.addSql(`
      create trigger payout_evidence_append_only before update or delete on payout_evidence
        for each row execute function refuse_change()`);
    this.addSql(`
      create trigger payout_evidence_no_truncate before truncate on payout_evidence
        for each statement execute function refuse_change()`);
    this.addSql(`
      create table provider_states (
        provider text primary key check (provider in ('hashdam', 'mblock')),
        paused_at timestamptz,
        pause_reason text,
        last_read_at timestamptz,
        check ((paused_at is null) = (pause_reason is null))
      )`);
    this.addSql(`insert into provider_states (provider) values ('hashdam'), ('mblock')`);
  }

  override down(): void {
    this.addSql('drop table provider_states');
    this.addSql('drop table payout_evidence');
    this.addSql('drop table payout_attempts');
    this.addSql('drop table withdrawal_approvals');
    this.addSql('drop table withdrawals');
  }
}
