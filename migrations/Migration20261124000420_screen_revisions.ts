import { Migration } from '@mikro-orm/migrations';

const guard = (what: string): string => `
  create or replace function guard_risk_screening() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' or old.verdict <> 'pending' or ${what} then
      raise exception 'what was screened cannot be changed' using errcode = 'restrict_violation';
    end if;
    return new;
  end $$`;

/** What is asked for otherwise is shown to the outside service once more: each revision has its own question and answer. */
export class Migration20261124000420_screen_revisions extends Migration {
  override up(): void {
    this.addSql('alter table risk_screenings add column revision integer not null default 1 check (revision > 0)');
    this.addSql('alter table risk_screenings alter column revision drop default');
    this.addSql(`
      alter table risk_screenings drop constraint risk_screenings_pkey,
        add constraint risk_screenings_pkey primary key (withdrawal_id, revision)`);
    this.addSql(guard('(new.withdrawal_id, new.revision) <> (old.withdrawal_id, old.revision)'));
  }

  override down(): void {
    this.addSql(guard('new.withdrawal_id <> old.withdrawal_id'));
    this.addSql('alter table risk_screenings disable trigger risk_screenings_guard');
    this.addSql(`
      delete from risk_screenings s using risk_screenings later
        where later.withdrawal_id = s.withdrawal_id and later.revision > s.revision`);
    this.addSql('alter table risk_screenings enable trigger risk_screenings_guard');
    this.addSql(`
      alter table risk_screenings drop constraint risk_screenings_pkey,
        add constraint risk_screenings_pkey primary key (withdrawal_id)`);
    this.addSql('alter table risk_screenings drop column revision');
  }
}
