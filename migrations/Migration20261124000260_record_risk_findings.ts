import { Migration } from '@mikro-orm/migrations';

/** What each rule said of a withdrawal, with its threshold and what it saw: written once, never changed. */
export class Migration20261124000260_record_risk_findings extends Migration {
  override up(): void {
    this.addSql(`
      create table risk_findings (
        id uuid primary key,
        withdrawal_id uuid not null references withdrawals (id) deferrable initially deferred,
        revision integer not null check (revision > 0),
        moment text not null check (moment in ('request', 'edit', 'reopen', 'approval')),
        rule text not null check (rule ~ '^[a-z_]{1,32}$'),
        result text not null check (result in ('pass', 'note', 'hold', 'refuse')),
        threshold text,
        observed text not null,
        at timestamptz not null
      )`);
    this.addSql('create index risk_findings_withdrawal on risk_findings (withdrawal_id, id)');
    this.addSql(`
      create trigger risk_findings_append_only before update or delete on risk_findings
        for each row execute function refuse_change()`);
    this.addSql(`
      create trigger risk_findings_no_truncate before truncate on risk_findings
        for each statement execute function refuse_change()`);
  }

  override down(): void {
    this.addSql('drop table risk_findings');
  }
}
