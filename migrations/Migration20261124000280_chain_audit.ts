import { Migration } from '@mikro-orm/migrations';

/** What becomes of the record once it is written: a chain over all rows, a signed head of it, and where heads were sent. */
export class Migration20261124000280_chain_audit extends Migration {
  override up(): void {
    // Rows from before have no seal of their own: the chain takes them in first, and as such.
    this.addSql(`
      alter table audit_events
        add column outcome text not null default 'done' check (outcome in ('done', 'refused', 'failed')),
        add column mac text check (mac ~ '^[0-9a-f]{64}$'),
        add column xact xid8 not null default pg_current_xact_id(),
        drop constraint audit_events_actor_type_check,
        add constraint audit_events_actor_type_check
          check (actor_type in ('operator', 'api_key', 'system', 'anonymous'))`);
    this.addSql('create index audit_events_xact on audit_events (xact)');
    this.addSql('create index audit_events_recent on audit_events (at, id)');
    this.addSql('create index audit_events_actor on audit_events (actor_id, at, id)');
    this.addSql(`
      create table audit_links (
        position bigint primary key check (position > 0),
        event_id uuid not null unique references audit_events (id),
        origin text not null check (origin in ('ours', 'before', 'foreign')),
        event_hash bytea not null check (length(event_hash) = 32),
        hash bytea not null check (length(hash) = 32)
      )`);
    this.addSql(`
      create trigger audit_links_append_only before update or delete on audit_links
        for each row execute function refuse_change()`);
    this.addSql(`
      create trigger audit_links_no_truncate before truncate on audit_links
        for each statement execute function refuse_change()`);
    // One row, which nobody but the sealer locks. Of whatever was written before settled_through, nothing is still to come;
    // what carries begun_in was there when rows got their seal, and has none.
    this.addSql(`
      create table audit_head (
        one boolean primary key default true check (one),
        position bigint not null check (position >= 0),
        hash bytea not null check (length(hash) = 32),
        settled_through xid8 not null,
        begun_in xid8 not null default pg_current_xact_id(),
        at timestamptz not null,
        key_id text,
        signature bytea check (length(signature) = 64),
        check ((key_id is null) = (signature is null))
      )`);
    this.addSql(
      `insert into audit_head (position, hash, settled_through, at) values (0, decode(repeat('00', 32), 'hex'), '0', now())`,
    );
    this.addSql(`
      create table audit_exports (
        target text primary key check (target in ('file', 'webhook')),
        tried_at timestamptz,
        exported_at timestamptz,
        position bigint,
        failing_since timestamptz,
        failure text,
        announced boolean not null default false,
        check ((failing_since is null) = (failure is null))
      )`);
    this.addSql(`insert into audit_exports (target) values ('file'), ('webhook')`);
  }

  override down(): void {
    this.addSql('drop table audit_exports');
    this.addSql('drop table audit_head');
    this.addSql('drop table audit_links');
    this.addSql('drop index audit_events_actor, audit_events_recent, audit_events_xact');
    // The narrower list of actors holds for what is written from now on: what was recorded is never touched.
    this.addSql(`
      alter table audit_events
        drop constraint audit_events_actor_type_check,
        add constraint audit_events_actor_type_check
          check (actor_type in ('operator', 'api_key', 'system')) not valid,
        drop column xact, drop column mac, drop column outcome`);
  }
}
