import { Migration } from '@mikro-orm/migrations';

const QUEUES = ['ledger.alarms', 'notifications.forget'];

/** Alarms of the books are looked at, and what was told long ago is forgotten: never within 30 days, whoever says so. */
export class Migration20261124000201_look_at_alarms_and_forget extends Migration {
  override up(): void {
    for (const queue of QUEUES) {
      this.addSql(`
        select pgboss.create_queue('${queue}', '${JSON.stringify({
          policy: 'standard',
          retryLimit: 20,
          retryDelay: 2,
          retryBackoff: true,
          retryDelayMax: 60,
          expireInSeconds: 900,
          heartbeatSeconds: 20,
          deleteAfterSeconds: 604_800,
          retentionSeconds: 1_209_600,
        })}'::jsonb)`);
    }
    this.addSql(keepEvents("tg_op = 'DELETE' and old.fanned_out_at < now() - interval '30 days'"));
  }

  override down(): void {
    this.addSql(keepEvents('false'));
    for (const queue of QUEUES) this.addSql(`select pgboss.delete_queue('${queue}')`);
  }
}

const keepEvents = (mayGo: string): string => `
  create or replace function keep_notification_event() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and old.fanned_out_at is null
      and to_jsonb(new) - 'fanned_out_at' = to_jsonb(old) - 'fanned_out_at' then
      return new;
    end if;
    if ${mayGo} then
      return old;
    end if;
    raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
  end $$`;
