import { Migration } from '@mikro-orm/migrations';

/** What takes two people: one row for each proposal, confirmed by somebody else or not at all; and incidents. */
export class Migration20261124000010_create_dual_control extends Migration {
  override up(): void {
    this.addSql(`
      create table dual_decisions (
        id uuid primary key,
        action text not null check (action ~ '^[a-z_.]{1,64}$'),
        subject_type text not null,
        subject_id text not null,
        body jsonb not null,
        body_hash text not null check (body_hash ~ '^[0-9a-f]{64}$'),
        note text not null check (note <> ''),
        proposed_by uuid not null references operators (id) deferrable initially deferred,
        proposed_at timestamptz not null,
        expires_at timestamptz not null check (expires_at > proposed_at),
        ending text check (ending in ('confirmed', 'withdrawn', 'expired')),
        ended_by uuid references operators (id) deferrable initially deferred,
        ended_at timestamptz,
        end_note text,
        check ((ending is null) = (ended_at is null)),
        check ((ending is null or ending = 'expired') = (ended_by is null)),
        check (ending <> 'confirmed' or ended_by <> proposed_by)
      )`);
    this.addSql(`
      create unique index dual_decisions_one_open on dual_decisions (action, subject_id)
        where ending is null`);
    this.addSql('create index dual_decisions_subject on dual_decisions (subject_type, subject_id, id)');
    this.#guard();
    this.addSql(`
      create table incidents (
        id uuid primary key,
        kind text not null check (kind in ('late_success', 'reference_used', 'echo_mismatch', 'history_contradicts',
          'unexplained_payout', 'receipt_mismatch', 'callback_contradicts', 'closed_without_proof', 'short_funds',
          'provider_reversed', 'key_rotation_unknown', 'configuration')),
        subject text not null,
        provider text check (provider in ('hashdam', 'mblock')),
        asset text references assets (asset),
        amount numeric(38,18),
        withdrawal_id uuid references withdrawals (id) deferrable initially deferred,
        attempt_id uuid references payout_attempts (id) deferrable initially deferred,
        wallet_id uuid references wallets (id) deferrable initially deferred,
        detail jsonb not null,
        opened_at timestamptz not null,
        closed_at timestamptz,
        closed_by text,
        resolution text,
        note text,
        check ((closed_at is null) = (resolution is null)),
        check ((closed_at is null) = (closed_by is null))
      )`);
    this.addSql('create unique index incidents_one_open on incidents (kind, subject) where closed_at is null');
    this.addSql('create index incidents_opened on incidents (opened_at desc, id desc)');
    this.addSql('create index incidents_open on incidents (opened_at desc, id desc) where closed_at is null');
    this.addSql('create index incidents_withdrawal on incidents (withdrawal_id) where withdrawal_id is not null');
    this.addSql('create index incidents_wallet on incidents (wallet_id) where wallet_id is not null');
    this.addSql('create index incidents_open_asset on incidents (asset, kind) where closed_at is null');
  }

  /** A proposal says for ever what was proposed and by whom; it ends once. */
  #guard(): void {
    this.addSql(`
      create function guard_dual_decision() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' then
          raise exception 'dual_decisions is append-only: delete refused' using errcode = 'restrict_violation';
        end if;
        if old.ending is not null then
          raise exception 'this decision has ended' using errcode = 'restrict_violation';
        end if;
        if (new.id, new.action, new.subject_type, new.subject_id, new.body, new.body_hash, new.proposed_by, new.proposed_at)
          is distinct from
          (old.id, old.action, old.subject_type, old.subject_id, old.body, old.body_hash, old.proposed_by, old.proposed_at)
        then
          raise exception 'what was proposed cannot be changed' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger dual_decisions_guard before update or delete on dual_decisions
        for each row execute function guard_dual_decision()`);
    this.addSql(`
      create trigger dual_decisions_no_truncate before truncate on dual_decisions
        for each statement execute function refuse_change()`);
  }

  override down(): void {
    this.addSql('drop table incidents');
    this.addSql('drop table dual_decisions');
    this.addSql('drop function guard_dual_decision()');
  }
}
