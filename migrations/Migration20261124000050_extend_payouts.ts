import { Migration } from '@mikro-orm/migrations';

/** Moves of `server/withdrawals/withdrawal-moves.ts` as pairs of statuses; a test compares the two one by one. */
const WITHDRAWAL_MOVES = [
  'pending>approved_pending, pending>approved, pending>rejected, pending>cancelled, pending>completed',
  'approved_pending>approved, approved_pending>pending, approved_pending>rejected, approved_pending>cancelled',
  'approved_pending>completed',
  'approved>pending, approved>submitted, approved>pending-transit, approved>retrying, approved>manual-review',
  'approved>failed, approved>rejected, approved>cancelled, approved>completed',
  'retrying>approved, retrying>pending, retrying>rejected, retrying>cancelled, retrying>completed',
  'submitted>completed, submitted>failed, submitted>manual-review',
  'pending-transit>completed, pending-transit>failed, pending-transit>manual-review',
  'manual-review>completed, manual-review>failed, manual-review>submitted, manual-review>pending-transit',
  'manual-review>approved, manual-review>pending',
  'failed>pending, failed>completed, rejected>completed, cancelled>completed, completed>failed',
];
const ATTEMPT_MOVES = [
  'dispatching>submitted, dispatching>pending-transit, dispatching>not_executed, dispatching>unknown',
  'submitted>confirmed, submitted>not_executed, submitted>unknown',
  'pending-transit>confirmed, pending-transit>not_executed, pending-transit>unknown',
  'unknown>submitted, unknown>pending-transit, unknown>not_executed, unknown>confirmed',
];
const EVIDENCE_KINDS = "'reply', 'history', 'before', 'callback', 'receipt', 'balance', 'document'";
const WAIT_REASONS = [
  ...["'frozen'", "'provider_paused'", "'wallet_paused'", "'breaker'", "'same_amount'", "'wallet_busy'"],
  ...["'pool_funds'", "'funds'", "'on_hold'", "'not_before'", "'configuration'", "'late_undecided'"],
  ...["'balances_unread'", "'contents_changed'"],
].join(', ');

const pairs = (moves: readonly string[]): string =>
  moves
    .flatMap((line) => line.split(', '))
    .map((move) => `'${move}'`)
    .join(', ');

/** Payouts out of wallets, and what it takes to resolve any payout whose outcome is not known. */
export class Migration20261124000050_extend_payouts extends Migration {
  override up(): void {
    this.addSql('alter table withdrawals drop constraint withdrawals_wait_reason_check');
    this.addSql("update withdrawals set wait_reason = null where wait_reason = 'approval_stale'");
    this.addSql(`
      alter table withdrawals
        add constraint withdrawals_wait_reason_check check (wait_reason in (${WAIT_REASONS})),
        drop constraint withdrawals_destination_type_check,
        add constraint withdrawals_destination_type_check check (destination_type in ('account', 'address', 'company')),
        add column held_revision integer not null default 1`);
    this.addSql('update withdrawals set held_revision = revision');
    this.addSql(`
      alter table payout_attempts
        add column kind text,
        add column wallet_id uuid references wallets (id) deferrable initially deferred,
        add column to_address text,
        add column before jsonb,
        add column callback_hash text unique check (callback_hash ~ '^[0-9a-f]{64}$'),
        add column token text,
        add column fee_reference text,
        add column late_at timestamptz,
        add column taken_back_at timestamptz,
        add column closed_by_people boolean not null default false,
        add column deadline_at timestamptz,
        drop constraint payout_attempts_check1`);
    this.addSql(`
      update payout_attempts a set kind = w.kind, to_address = w.destination_address, deadline_at = a.fenced_at + interval '24 hours'
      from withdrawals w where w.id = a.withdrawal_id`);
    this.addSql(`
      alter table payout_attempts
        alter column kind set not null,
        alter column to_address set not null,
        alter column deadline_at set not null,
        add check (kind in ('mining', 'wallet_transfer', 'wallet_transit')),
        add check ((kind = 'mining') = (provider = 'hashdam')),
        add check ((kind = 'mining') = (wallet_id is null)),
        add check (status <> 'submitted' or reference is not null),
        add check (status <> 'pending-transit' or token is not null),
        add check (late_at is null or status = 'not_executed'),
        add check (taken_back_at is null or status = 'confirmed' or late_at is not null)`);
    this.addSql('drop index payout_attempts_slot');
    this.addSql(`
      create unique index payout_attempts_slot on payout_attempts (provider, asset, amount)
        where provider = 'hashdam' and status in ('dispatching', 'unknown') and reference is null`);
    this.addSql(`
      create unique index payout_attempts_txid on payout_attempts (provider, lower(reference))
        where provider = 'mblock' and reference is not null`);
    this.addSql(`
      create index payout_attempts_wallet on payout_attempts (wallet_id, fenced_at desc) where wallet_id is not null`);
    this.addSql(`
      create index payout_attempts_open on payout_attempts (provider, asset)
        where status in ('dispatching', 'submitted', 'pending-transit', 'unknown')`);
    this.addSql('alter table payout_evidence drop constraint payout_evidence_kind_check');
    this.addSql(
      `alter table payout_evidence add constraint payout_evidence_kind_check check (kind in (${EVIDENCE_KINDS}))`,
    );
    this.#walletSlots();
    this.#moves();
  }

  /** One holder of a wallet at a time: an open attempt, or a rotation of its key. Kept by the database for any writer. */
  #walletSlots(): void {
    this.addSql(`
      create table wallet_slots (
        wallet_id uuid primary key references wallets (id) deferrable initially deferred,
        attempt_id uuid unique,
        rotation_id uuid unique,
        check (num_nonnulls(attempt_id, rotation_id) = 1)
      )`);
    this.addSql(`
      create function keep_wallet_slot() returns trigger language plpgsql as $$
      begin
        if new.status in ('dispatching', 'submitted', 'pending-transit', 'unknown') then
          if tg_op = 'INSERT' then
            insert into wallet_slots (wallet_id, attempt_id) values (new.wallet_id, new.id);
          end if;
        else
          delete from wallet_slots where attempt_id = new.id;
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger payout_attempts_wallet_slot after insert or update of status on payout_attempts
        for each row when (new.wallet_id is not null) execute function keep_wallet_slot()`);
    this.addSql(`
      create trigger wallet_slots_only_by_holder before insert or update or delete on wallet_slots
        for each row when (pg_trigger_depth() = 0) execute function refuse_change()`);
  }

  /** The last guard: a status moves along the drawn graph or not at all, whoever writes it. */
  #moves(): void {
    this.addSql(`
      create function guard_move() returns trigger language plpgsql as $$
      begin
        if not (old.status || '>' || new.status) = any(tg_argv) then
          raise exception '% % cannot go from % to %', tg_table_name, new.id, old.status, new.status
            using errcode = 'check_violation';
        end if;
        return new;
      end $$`);
    for (const [table, moves] of [
      ['withdrawals', WITHDRAWAL_MOVES],
      ['payout_attempts', ATTEMPT_MOVES],
    ] as const) {
      this.addSql(`
        create trigger ${table}_moves before update of status on ${table}
          for each row when (old.status is distinct from new.status) execute function guard_move(${pairs(moves)})`);
    }
    this.addSql(`
      create trigger payout_attempts_frozen before update on payout_attempts for each row
        when ((old.withdrawal_id, old.no, old.kind, old.provider, old.asset, old.amount, old.wallet_id, old.to_address,
            old.digest, old.fenced_at, old.callback_hash, old.before) is distinct from
          (new.withdrawal_id, new.no, new.kind, new.provider, new.asset, new.amount, new.wallet_id, new.to_address,
            new.digest, new.fenced_at, new.callback_hash, new.before))
        execute function refuse_change()`);
    this.addSql(`
      create trigger payout_attempts_begin before insert on payout_attempts for each row
        when (new.status <> 'dispatching') execute function refuse_change()`);
    for (const table of ['withdrawals', 'payout_attempts']) {
      this.addSql(`
        create trigger ${table}_kept before delete on ${table} for each row execute function refuse_change()`);
    }
  }

  override down(): void {
    for (const table of ['withdrawals', 'payout_attempts']) {
      this.addSql(`drop trigger ${table}_kept on ${table}`);
      this.addSql(`drop trigger ${table}_moves on ${table}`);
    }
    this.addSql('drop trigger payout_attempts_begin on payout_attempts');
    this.addSql('drop trigger payout_attempts_frozen on payout_attempts');
    this.addSql('drop trigger payout_attempts_wallet_slot on payout_attempts');
    this.addSql('drop function guard_move()');
    this.addSql('drop table wallet_slots');
    this.addSql('drop function keep_wallet_slot()');
    this.addSql('alter table payout_evidence drop constraint payout_evidence_kind_check');
    this.addSql(
      "alter table payout_evidence add constraint payout_evidence_kind_check check (kind in ('reply', 'history'))",
    );
    this.addSql('drop index payout_attempts_open, payout_attempts_wallet, payout_attempts_txid, payout_attempts_slot');
    this.addSql(`
      create unique index payout_attempts_slot on payout_attempts (provider, asset, amount)
        where status in ('dispatching', 'unknown') and reference is null`);
    this.addSql(`
      alter table payout_attempts drop column kind, drop column wallet_id, drop column to_address, drop column before,
        drop column callback_hash, drop column token, drop column fee_reference, drop column late_at,
        drop column taken_back_at, drop column closed_by_people, drop column deadline_at,
        add constraint payout_attempts_check1 check (status <> 'submitted' or reference is not null)`);
    this.addSql('alter table withdrawals drop column held_revision');
    this.addSql('alter table withdrawals drop constraint withdrawals_wait_reason_check');
    this.addSql('update withdrawals set wait_reason = null');
    this.addSql(`
      alter table withdrawals
        add constraint withdrawals_wait_reason_check check (wait_reason in ('provider_paused', 'same_amount', 'funds',
          'on_hold', 'not_before', 'configuration', 'approval_stale', 'frozen', 'breaker', 'wallet_paused')),
        drop constraint withdrawals_destination_type_check,
        add constraint withdrawals_destination_type_check check (destination_type in ('account', 'address'))`);
  }
}
