import { Migration } from '@mikro-orm/migrations';

const NEED_ANOTHER = `'RELEASE', 'RETURN', 'SETTLE', 'LATE', 'ADOPT', 'UNSETTLE', 'UNLATE'`;

/** A handover passes on exactly what is owed for its withdrawal: not something else, not more, not after it was taken back. */
export class Migration20261124000022_measure_handovers extends Migration {
  override up(): void {
    this.addSql('drop trigger ledger_transactions_precedent on ledger_transactions');
    this.#precedents(NEED_ANOTHER);
    this.addSql(`
      create function check_handover() returns trigger language plpgsql as $$
      declare
        rest numeric;
      begin
        select sum(e.amount) into rest from ledger_transactions t
          join ledger_entries e on e.transaction_id = t.id
          join ledger_accounts a on (a.code, a.asset) = (e.code, e.asset)
          where t.withdrawal_id = new.withdrawal_id and t.asset = new.asset and a.bucket = 'payable';
        if rest is distinct from 0 then
          raise exception 'a HANDOVER needs what comes before it, and all of it: % left', -rest
            using errcode = 'check_violation';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger ledger_transactions_measured after insert on ledger_transactions
        deferrable initially deferred for each row when (new.kind = 'HANDOVER') execute function check_handover()`);
  }

  #precedents(kinds: string): void {
    this.addSql(`
      create constraint trigger ledger_transactions_precedent after insert on ledger_transactions
        deferrable initially deferred for each row when (new.kind in (${kinds})) execute function check_precedent()`);
  }

  override down(): void {
    this.addSql('drop trigger ledger_transactions_measured on ledger_transactions');
    this.addSql('drop function check_handover()');
    this.addSql('drop trigger ledger_transactions_precedent on ledger_transactions');
    this.#precedents(`${NEED_ANOTHER}, 'HANDOVER'`);
  }
}
