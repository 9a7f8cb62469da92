import { Migration } from '@mikro-orm/migrations';

/** Changes of a wallet's key at the provider. While one is open, or its new key is lost, it holds the wallet's slot. */
export class Migration20261124000100_create_key_rotations extends Migration {
  override up(): void {
    this.addSql(`
      create table key_rotations (
        id uuid primary key,
        wallet_id uuid not null references wallets (id) deferrable initially deferred,
        decision_id uuid not null unique references dual_decisions (id) deferrable initially deferred,
        status text not null check (status in ('dispatching', 'unknown', 'rotated', 'not_rotated', 'lost')),
        sealed_key text check (sealed_key like 'v1:%'),
        error text,
        begun_at timestamptz not null,
        lease_until timestamptz not null,
        ended_at timestamptz,
        updated_at timestamptz not null,
        check (status <> 'rotated' or sealed_key is not null),
        check ((status in ('rotated', 'not_rotated', 'lost')) = (ended_at is not null))
      )`);
    this.addSql('create index key_rotations_wallet on key_rotations (wallet_id, id desc)');
    this.addSql(`
      create function keep_rotation_slot() returns trigger language plpgsql as $$
      begin
        if new.status in ('dispatching', 'unknown', 'lost') then
          if tg_op = 'INSERT' then
            insert into wallet_slots (wallet_id, rotation_id) values (new.wallet_id, new.id);
          end if;
        else
          delete from wallet_slots where rotation_id = new.id;
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger key_rotations_wallet_slot after insert or update of status on key_rotations
        for each row execute function keep_rotation_slot()`);
    this.addSql(`
      create trigger key_rotations_moves before update of status on key_rotations
        for each row when (old.status is distinct from new.status)
        execute function guard_move('dispatching>unknown', 'dispatching>rotated', 'dispatching>not_rotated',
          'unknown>rotated', 'unknown>not_rotated', 'unknown>lost', 'lost>rotated')`);
    this.addSql(`
      create trigger key_rotations_begin before insert on key_rotations
        for each row when (new.status <> 'dispatching') execute function refuse_change()`);
    this.addSql(`
      create trigger key_rotations_kept before delete on key_rotations
        for each row execute function refuse_change()`);
    this.addSql(
      `select pgboss.create_queue('wallet.rotation-recover', '${JSON.stringify({
        policy: 'standard',
        retryLimit: 20,
        retryDelay: 2,
        retryBackoff: true,
        retryDelayMax: 60,
        expireInSeconds: 300,
        heartbeatSeconds: 20,
        deleteAfterSeconds: 604_800,
        retentionSeconds: 1_209_600,
      })}'::jsonb)`,
    );
  }

  override down(): void {
    this.addSql(`select pgboss.delete_queue('wallet.rotation-recover')`);
    this.addSql('drop table key_rotations');
    this.addSql('drop function keep_rotation_slot()');
  }
}
