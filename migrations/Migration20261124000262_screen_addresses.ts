import { Migration } from '@mikro-orm/migrations';

/** What an outside service is asked about an address, and what it said: once, and for good. */
export class Migration20261124000262_screen_addresses extends Migration {
  override up(): void {
    this.addSql(`
      create table risk_screenings (
        withdrawal_id uuid primary key references withdrawals (id) deferrable initially deferred,
        verdict text not null default 'pending' check (verdict in ('pending', 'accept', 'hold', 'refuse')),
        looks integer not null default 0 check (looks >= 0),
        reference text,
        reason text,
        asked_at timestamptz not null,
        answered_at timestamptz,
        check ((verdict = 'pending') = (answered_at is null))
      )`);
    this.addSql(`create index risk_screenings_pending on risk_screenings (withdrawal_id) where verdict = 'pending'`);
    this.addSql(`
      create function guard_risk_screening() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or old.verdict <> 'pending' or new.withdrawal_id <> old.withdrawal_id then
          raise exception 'what was screened cannot be changed' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger risk_screenings_guard before update or delete on risk_screenings
        for each row execute function guard_risk_screening()`);
    this.addSql(`
      create trigger risk_screenings_no_truncate before truncate on risk_screenings
        for each statement execute function refuse_change()`);
    this.addSql(`
      alter table risk_findings drop constraint risk_findings_moment_check,
        add constraint risk_findings_moment_check
          check (moment in ('request', 'edit', 'reopen', 'screening', 'approval', 'dispatch')),
        drop constraint risk_findings_result_check,
        add constraint risk_findings_result_check
          check (result in ('pass', 'note', 'escalate', 'hold', 'refuse'))`);
    this.addSql(`
      select pgboss.create_queue('risk.screen', '${JSON.stringify({
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

  override down(): void {
    this.addSql(`select pgboss.delete_queue('risk.screen')`);
    this.addSql(`
      alter table risk_findings drop constraint risk_findings_moment_check,
        add constraint risk_findings_moment_check
          check (moment in ('request', 'edit', 'reopen', 'approval', 'dispatch')),
        drop constraint risk_findings_result_check,
        add constraint risk_findings_result_check check (result in ('pass', 'note', 'hold', 'refuse'))`);
    this.addSql('drop table risk_screenings');
    this.addSql('drop function guard_risk_screening()');
  }
}
