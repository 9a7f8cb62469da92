import { Migration } from '@mikro-orm/migrations';

/** A key has several secrets over time, an end, a list of addresses, and a number of calls a minute. */
export class Migration20261124000300_rotate_api_keys extends Migration {
  override up(): void {
    this.addSql(`
      create table api_key_secrets (
        id uuid primary key,
        api_key_id uuid not null references api_keys (id) deferrable initially deferred,
        hash text not null unique check (hash ~ '^[0-9a-f]{64}$'),
        shown_to uuid not null references operators (id) deferrable initially deferred,
        created_at timestamptz not null,
        expires_at timestamptz,
        last_used_at timestamptz
      )`);
    this.addSql('create index api_key_secrets_key on api_key_secrets (api_key_id)');
    this.addSql(`
      insert into api_key_secrets (id, api_key_id, hash, shown_to, created_at, last_used_at)
      select id, id, hash, created_by, created_at, last_used_at from api_keys`);
    this.addSql(`
      alter table api_keys drop column hash,
        add column addresses inet[] not null default '{}' check (cardinality(addresses) <= 50),
        add column calls_per_minute integer not null default 12000 check (calls_per_minute between 60 and 100000),
        add column last_used_ip text,
        add column last_refused_at timestamptz,
        add column last_refused_ip text`);
    this.addSql(`
      create table api_key_calls (
        api_key_id uuid primary key references api_keys (id) deferrable initially deferred,
        minute timestamptz not null,
        drawn integer not null check (drawn >= 0),
        lot integer not null check (lot >= 0)
      )`);
  }

  override down(): void {
    this.addSql('drop table api_key_calls');
    this.addSql('alter table api_keys add column hash text');
    this.addSql(`
      update api_keys k set hash =
        (select s.hash from api_key_secrets s where s.api_key_id = k.id order by s.created_at desc, s.id desc limit 1)`);
    this.addSql(`
      alter table api_keys alter column hash set not null, add unique (hash), add check (hash ~ '^[0-9a-f]{64}$'),
        drop column addresses, drop column calls_per_minute, drop column last_used_ip,
        drop column last_refused_at, drop column last_refused_ip`);
    this.addSql('drop table api_key_secrets');
  }
}
