import { Migration } from '@mikro-orm/migrations';

const KINDS_BEFORE = `'COLLECT', 'CREDIT', 'HOLD', 'RELEASE', 'DISPATCH', 'RETURN', 'SETTLE', 'REVERSE', 'HANDOVER', 'OBSERVE',
  'SHORT', 'UNSHORT', 'GAS', 'GAS_TOPUP', 'LATE', 'ADOPT', 'UNSETTLE', 'UNLATE', 'ADJUST', 'WRITEOFF'`;

/** What the company paid into a wallet is its own and not the member's: two people book it, each payment once. */
export class Migration20261124000580_book_company_deposits extends Migration {
  override up(): void {
    this.addSql(`
      alter table ledger_transactions
        drop constraint ledger_transactions_kind_check,
        add constraint ledger_transactions_kind_check check (kind in (${KINDS_BEFORE}, 'DEPOSIT')),
        add constraint ledger_transactions_deposit check (kind <> 'DEPOSIT'
          or (wallet_id is not null and reference is not null and reason is not null and actor_type = 'operator'
            and validator_id is not null))`);
    this.addSql(`
      create unique index ledger_transactions_deposit_reference on ledger_transactions (asset, reference)
        where kind = 'DEPOSIT'`);
    this.addSql(`
      create function check_deposit() returns trigger language plpgsql as $$
      begin
        perform 1 from ledger_entries e left join ledger_accounts a using (code, asset) where e.transaction_id = new.id
          and (a.bucket in ('chain', 'wallet:available') and e.amount > 0 or a.bucket = 'company' and e.amount < 0)
            is not true;
        if found then
          raise exception 'ledger transaction % is no payment of the company into a wallet', new.id
            using errcode = 'check_violation';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger ledger_transactions_deposit_legs after insert on ledger_transactions
        deferrable initially deferred for each row when (new.kind = 'DEPOSIT') execute function check_deposit()`);
  }

  override down(): void {
    this.addSql('drop trigger ledger_transactions_deposit_legs on ledger_transactions');
    this.addSql('drop function check_deposit()');
    this.addSql('drop index ledger_transactions_deposit_reference');
    this.addSql(`
      alter table ledger_transactions
        drop constraint ledger_transactions_deposit,
        drop constraint ledger_transactions_kind_check,
        add constraint ledger_transactions_kind_check check (kind in (${KINDS_BEFORE}))`);
  }
}
