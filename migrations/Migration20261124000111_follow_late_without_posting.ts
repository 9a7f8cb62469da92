import { Migration } from '@mikro-orm/migrations';

/** Of a late payment out of a wallet that had been written off as missing nothing was booked as late. */
const OR_LATE_BY_ITS_ROW = `
  if not found and new.kind = 'UNLATE' then
    perform 1 from payout_attempts where id = new.attempt_id and withdrawal_id = new.withdrawal_id
      and wallet_id = new.wallet_id and asset = new.asset and late_at is not null;
  end if;`;

/** A late payment can be taken back, whether or not it was booked as late. */
export class Migration20261124000111_follow_late_without_posting extends Migration {
  override up(): void {
    this.#precedent(OR_LATE_BY_ITS_ROW);
  }

  override down(): void {
    this.#precedent('');
  }

  #precedent(more: string): void {
    this.addSql(`
      create or replace function check_precedent() returns trigger language plpgsql as $$
      begin
        if new.kind = 'RELEASE' then
          perform 1 from ledger_transactions where kind = 'HOLD' and withdrawal_id = new.withdrawal_id
            and revision = new.revision and asset = new.asset;
        elsif new.kind = 'HANDOVER' then
          perform 1 from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
            join ledger_accounts a using (code, asset)
            where t.withdrawal_id = new.withdrawal_id and t.asset = new.asset and t.kind in ('SETTLE', 'ADOPT')
              and a.bucket = 'payable';
        else
          perform 1 from ledger_transactions where attempt_id = new.attempt_id and withdrawal_id = new.withdrawal_id
            and asset = new.asset and kind = case
              when new.kind in ('RETURN', 'SETTLE') then 'DISPATCH'
              when new.kind in ('LATE', 'ADOPT') then 'RETURN'
              when new.kind = 'UNSETTLE' then 'SETTLE'
              when new.kind = 'UNLATE' then 'LATE' end;
        end if;${more}
        if not found then
          raise exception 'a % needs what comes before it', new.kind using errcode = 'check_violation';
        end if;
        return null;
      end $$`);
  }
}
