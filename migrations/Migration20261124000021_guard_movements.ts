import { Migration } from '@mikro-orm/migrations';

/** Rules of the books that need more than one row. All are looked at when the transaction commits, raw SQL included. */
export class Migration20261124000021_guard_movements extends Migration {
  override up(): void {
    this.#content();
    this.#precedent();
  }

  /** Replaces the check of sums alone: whose accounts a movement may touch, and how much it may take back. */
  #content(): void {
    this.addSql(`
      create or replace function check_balanced() returns trigger language plpgsql as $$
      declare
        movement ledger_transactions;
        subject uuid;
        legs integer;
        total numeric;
        assets integer;
        foreign_leg boolean;
        reserved_leg boolean;
        other_leg boolean;
      begin
        if tg_table_name = 'ledger_entries' then subject := new.transaction_id; else subject := new.id; end if;
        select * into movement from ledger_transactions where id = subject;
        select count(*), coalesce(sum(e.amount), 0), count(distinct e.asset),
            bool_or(a.member_id <> coalesce(movement.member_id, '')
              or a.wallet_id is distinct from movement.wallet_id and a.wallet_id is not null),
            bool_or(a.bucket in ('held', 'in_flight', 'payable', 'wallet:held', 'wallet:in_flight')),
            bool_or(not (a.bucket = 'loss' and e.amount > 0 or e.amount < 0 and a.bucket in ('company', 'receivable',
              'receivable:pool', 'suspense:hashdam', 'suspense:mblock')))
          into legs, total, assets, foreign_leg, reserved_leg, other_leg
          from ledger_entries e left join ledger_accounts a using (code, asset) where e.transaction_id = subject;
        if legs < 2 or total <> 0 or assets <> 1 then
          raise exception 'ledger transaction % is not balanced: % legs of % assets, sum %', subject, legs, assets, total
            using errcode = 'check_violation';
        end if;
        if foreign_leg then
          raise exception 'ledger transaction % touches accounts of somebody else', subject using errcode = 'check_violation';
        end if;
        if movement.kind in ('ADJUST', 'WRITEOFF') and reserved_leg then
          raise exception 'ledger transaction % adjusts what a withdrawal reserves', subject using errcode = 'check_violation';
        end if;
        if movement.kind = 'WRITEOFF' and other_leg then
          raise exception 'ledger transaction % writes off what is no open claim', subject using errcode = 'check_violation';
        end if;
        if movement.kind = 'REVERSE' then perform check_reversal(movement); end if;
        if movement.kind = 'UNSHORT' then perform check_unshort(movement); end if;
        return null;
      end $$`);
    this.addSql(`
      create function check_reversal(movement ledger_transactions) returns void language plpgsql as $$
      declare
        rest numeric;
      begin
        perform 1 from ledger_transactions where id = movement.reverses_id and kind = 'CREDIT' and asset = movement.asset
          and member_id = movement.member_id for no key update;
        if not found then
          raise exception 'ledger transaction % reverses no credit of its own', movement.id using errcode = 'check_violation';
        end if;
        select sum(e.amount) into rest from ledger_transactions t
          join ledger_entries e on e.transaction_id = t.id and e.code = 'undistributed'
          where t.id = movement.reverses_id or t.reverses_id = movement.reverses_id;
        if rest < 0 then
          raise exception 'ledger transaction % reverses more than was credited', movement.id using errcode = 'check_violation';
        end if;
      end $$`);
    this.addSql(`
      create function check_unshort(movement ledger_transactions) returns void language plpgsql as $$
      declare
        rest numeric;
      begin
        perform 1 from ledger_transactions where kind = 'SHORT' and incident_id = movement.incident_id
          and wallet_id = movement.wallet_id and asset = movement.asset order by id for no key update;
        select coalesce(sum(e.amount), 0) into rest from ledger_transactions t
          join ledger_entries e on e.transaction_id = t.id and e.code = 'suspense:mblock'
          where t.incident_id = movement.incident_id and t.asset = movement.asset
            and t.kind in ('SHORT', 'UNSHORT', 'WRITEOFF', 'ADJUST');
        if rest < 0 then
          raise exception 'ledger transaction % closes more than its incident has open', movement.id
            using errcode = 'check_violation';
        end if;
      end $$`);
  }

  /** What must have been booked before, whatever the order inside one commit. */
  #precedent(): void {
    this.addSql(`
      create function check_precedent() returns trigger language plpgsql as $$
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
        end if;
        if not found then
          raise exception 'a % needs what comes before it', new.kind using errcode = 'check_violation';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger ledger_transactions_precedent after insert on ledger_transactions
        deferrable initially deferred for each row
        when (new.kind in ('RELEASE', 'RETURN', 'SETTLE', 'HANDOVER', 'LATE', 'ADOPT', 'UNSETTLE', 'UNLATE'))
        execute function check_precedent()`);
  }

  override down(): void {
    this.addSql('drop trigger ledger_transactions_precedent on ledger_transactions');
    this.addSql('drop function check_precedent()');
    this.addSql(`
      create or replace function check_balanced() returns trigger language plpgsql as $$
      declare
        subject uuid;
        legs integer;
        total numeric;
        assets integer;
      begin
        if tg_table_name = 'ledger_entries' then subject := new.transaction_id; else subject := new.id; end if;
        select count(*), coalesce(sum(amount), 0), count(distinct asset) into legs, total, assets
          from ledger_entries where transaction_id = subject;
        if legs < 2 or total <> 0 or assets <> 1 then
          raise exception 'ledger transaction % is not balanced: % legs of % assets, sum %', subject, legs, assets, total
            using errcode = 'check_violation';
        end if;
        return null;
      end $$`);
    this.addSql('drop function check_reversal(ledger_transactions)');
    this.addSql('drop function check_unshort(ledger_transactions)');
  }
}
