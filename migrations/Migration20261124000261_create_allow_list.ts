import { Migration } from '@mikro-orm/migrations';

/** Where an asset may go: an address of one asset, put there by two people, in force after a while, taken off by one. */
export class Migration20261124000261_create_allow_list extends Migration {
  override up(): void {
    this.addSql(`
      create table allow_list_entries (
        id uuid primary key,
        asset text not null references assets (asset),
        address text not null check (address <> ''),
        label text not null check (label <> ''),
        proposed_by uuid not null references operators (id) deferrable initially deferred,
        confirmed_by uuid not null references operators (id) deferrable initially deferred,
        added_at timestamptz not null,
        active_from timestamptz not null check (active_from >= added_at),
        removed_by uuid references operators (id) deferrable initially deferred,
        removed_at timestamptz,
        removal_reason text,
        check (proposed_by <> confirmed_by),
        check ((removed_at is null) = (removed_by is null)),
        check ((removed_at is null) = (removal_reason is null))
      )`);
    this.addSql(`
      create unique index allow_list_entries_one on allow_list_entries (asset, address)
        where removed_at is null`);
    this.addSql('create index allow_list_entries_added on allow_list_entries (added_at desc, id desc)');
    this.addSql('create index allow_list_entries_address on allow_list_entries (address) where removed_at is null');
    this.addSql(`
      create index allow_list_entries_tail on allow_list_entries (right(lower(address), 4))
        where removed_at is null`);
    this.#guard();
    this.addSql(`
      alter table risk_findings drop constraint risk_findings_moment_check,
        add constraint risk_findings_moment_check
          check (moment in ('request', 'edit', 'reopen', 'approval', 'dispatch'))`);
  }

  /** An entry says for ever what was listed, by whom and from when; all that may still happen to it is its removal. */
  #guard(): void {
    this.addSql(`
      create function guard_allow_list_entry() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' then
          raise exception 'allow_list_entries is append-only: delete refused' using errcode = 'restrict_violation';
        end if;
        if old.removed_at is not null
          or (new.id, new.asset, new.address, new.label, new.proposed_by, new.confirmed_by, new.added_at, new.active_from)
            is distinct from
            (old.id, old.asset, old.address, old.label, old.proposed_by, old.confirmed_by, old.added_at, old.active_from)
        then
          raise exception 'what was listed cannot be changed' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger allow_list_entries_guard before update or delete on allow_list_entries
        for each row execute function guard_allow_list_entry()`);
    this.addSql(`
      create trigger allow_list_entries_no_truncate before truncate on allow_list_entries
        for each statement execute function refuse_change()`);
  }

  override down(): void {
    this.addSql(`
      alter table risk_findings drop constraint risk_findings_moment_check,
        add constraint risk_findings_moment_check check (moment in ('request', 'edit', 'reopen', 'approval'))`);
    this.addSql('drop table allow_list_entries');
    this.addSql('drop function guard_allow_list_entry()');
  }
}
