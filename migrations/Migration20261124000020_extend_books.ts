import { Migration } from '@mikro-orm/migrations';

const KINDS_BEFORE = `'COLLECT', 'CREDIT', 'HOLD', 'RELEASE', 'DISPATCH', 'RETURN', 'SETTLE'`;
const KINDS = `${KINDS_BEFORE}, 'REVERSE', 'HANDOVER', 'OBSERVE', 'SHORT', 'UNSHORT', 'GAS', 'GAS_TOPUP', 'LATE', 'ADOPT',
  'UNSETTLE', 'UNLATE', 'ADJUST', 'WRITEOFF'`;
const OF_ATTEMPT_BEFORE = `'DISPATCH', 'RETURN', 'SETTLE'`;
const OF_ATTEMPT = `${OF_ATTEMPT_BEFORE}, 'LATE', 'ADOPT', 'UNSETTLE', 'UNLATE'`;

/**
 * The second family of accounts, wallet funds, and every movement that payouts, their corrections and their people can
 * make. What may follow what, and who must have agreed, is the next migration's.
 */
export class Migration20261124000020_extend_books extends Migration {
  override up(): void {
    this.#accounts();
    this.#families();
    this.addSql(`
      alter table ledger_transactions
        add column wallet_id uuid,
        add column reverses_id uuid references ledger_transactions (id),
        add column incident_id uuid references incidents (id) deferrable initially deferred,
        add column reason text check (length(reason) between 1 and 500),
        add column validator_id text check (validator_id <> actor_id),
        drop constraint ledger_transactions_kind_check,
        add constraint ledger_transactions_kind_check check (kind in (${KINDS})),
        add constraint ledger_transactions_of_attempt check (
          kind not in (${OF_ATTEMPT}) or (attempt_id is not null and withdrawal_id is not null)),
        add constraint ledger_transactions_gas_of_attempt check (
          kind not in ('GAS', 'GAS_TOPUP') or attempt_id is not null),
        add constraint ledger_transactions_of_wallet check (
          kind not in ('OBSERVE', 'SHORT', 'UNSHORT', 'GAS') or wallet_id is not null),
        add constraint ledger_transactions_of_member check (
          kind not in ('CREDIT', 'REVERSE', 'HANDOVER') or (member_id is not null and reference is not null)),
        add constraint ledger_transactions_handover check (kind <> 'HANDOVER' or withdrawal_id is not null),
        add constraint ledger_transactions_reverses check ((kind = 'REVERSE') = (reverses_id is not null)),
        add constraint ledger_transactions_of_incident check (
          kind not in ('SHORT', 'UNSHORT', 'ADJUST', 'WRITEOFF') or incident_id is not null),
        add constraint ledger_transactions_two_people check (
          kind not in ('ADJUST', 'WRITEOFF')
          or (actor_type = 'operator' and validator_id is not null and reason is not null))`);
    this.#onceEach();
    this.addSql(`
      create index ledger_transactions_member on ledger_transactions (member_id, posted_at desc, id desc)
        where member_id is not null`);
    this.addSql(`
      create index ledger_transactions_wallet on ledger_transactions (wallet_id, posted_at desc, id desc)
        where wallet_id is not null`);
    this.addSql(`
      create index ledger_transactions_incident on ledger_transactions (incident_id) where incident_id is not null`);
  }

  /** An account's code says what it is, and whose. */
  #accounts(): void {
    this.addSql(`
      alter table ledger_accounts add constraint ledger_accounts_code check ((case
        when bucket in ('available', 'held', 'in_flight', 'payable')
          then code = 'user:' || member_id || ':' || bucket and wallet_id is null
        when bucket = 'receivable' then code = 'receivable:user:' || member_id and wallet_id is null
        when bucket in ('wallet:available', 'wallet:held', 'wallet:in_flight')
          then code = 'wallet:' || wallet_id || substr(bucket, 7) and member_id is null
        when bucket in ('chain', 'gas') then code = bucket || ':' || wallet_id and member_id is null
        else code = bucket and member_id is null and wallet_id is null and bucket in ('pool:hashdam', 'company',
          'undistributed', 'receivable:pool', 'expense:pool_fee', 'expense:gas', 'chain:fee', 'loss', 'suspense:hashdam',
          'suspense:mblock')
      end) is true)`);
    this.addSql('create index ledger_accounts_wallet on ledger_accounts (wallet_id) where wallet_id is not null');
  }

  /** A coin at the pool and the same coin on chain are two assets; each has the accounts of its own family alone. */
  #families(): void {
    this.addSql(`
      create function check_account_family() returns trigger language plpgsql as $$
      declare
        lives_at text := (select chain from assets where asset = new.asset);
      begin
        if lives_at = 'hashdam' and new.bucket in ('wallet:available', 'wallet:held', 'wallet:in_flight', 'chain', 'gas',
             'chain:fee', 'expense:gas', 'suspense:mblock')
           or lives_at = 'bsc' and new.bucket in ('available', 'held', 'in_flight', 'pool:hashdam', 'undistributed',
             'expense:pool_fee', 'suspense:hashdam') then
          raise exception 'account % is not of the family of %', new.code, new.asset using errcode = 'check_violation';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger ledger_accounts_family before insert on ledger_accounts
        for each row execute function check_account_family()`);
  }

  #onceEach(): void {
    this.addSql('drop index ledger_transactions_attempt');
    this.addSql(`
      create unique index ledger_transactions_attempt on ledger_transactions (kind, attempt_id)
        where kind in (${OF_ATTEMPT}, 'GAS', 'GAS_TOPUP')`);
    this.addSql(`
      create unique index ledger_transactions_handover on ledger_transactions (withdrawal_id) where kind = 'HANDOVER'`);
    this.addSql(`
      create unique index ledger_transactions_handover_reference on ledger_transactions (asset, reference)
        where kind = 'HANDOVER'`);
    this.addSql(`
      create unique index ledger_transactions_reversal on ledger_transactions (reverses_id, reference)
        where kind = 'REVERSE'`);
  }

  override down(): void {
    for (const name of ['member', 'wallet', 'incident', 'handover', 'handover_reference', 'reversal', 'attempt']) {
      this.addSql(`drop index ledger_transactions_${name}`);
    }
    this.addSql(`
      create unique index ledger_transactions_attempt on ledger_transactions (kind, attempt_id)
        where kind in (${OF_ATTEMPT_BEFORE})`);
    this.addSql(`
      alter table ledger_transactions
        drop constraint ledger_transactions_kind_check,
        drop constraint ledger_transactions_of_attempt,
        drop constraint ledger_transactions_gas_of_attempt,
        drop constraint ledger_transactions_of_wallet,
        drop constraint ledger_transactions_of_member,
        drop constraint ledger_transactions_handover,
        drop constraint ledger_transactions_reverses,
        drop constraint ledger_transactions_of_incident,
        drop constraint ledger_transactions_two_people,
        drop column wallet_id,
        drop column reverses_id,
        drop column incident_id,
        drop column reason,
        drop column validator_id,
        add constraint ledger_transactions_kind_check check (kind in (${KINDS_BEFORE}))`);
    this.addSql('drop trigger ledger_accounts_family on ledger_accounts');
    this.addSql('drop function check_account_family()');
    this.addSql('drop index ledger_accounts_wallet');
    this.addSql('alter table ledger_accounts drop constraint ledger_accounts_code');
  }
}
