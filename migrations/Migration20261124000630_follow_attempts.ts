import { Migration } from '@mikro-orm/migrations';

const LOGS = ['mining_withdrawals', 'wallet_transactions'] as const;

/**
 * The providers' logs say of an attempt what is true of it, whatever changes that: the next try, people who reject, a
 * payment that shows up late or is taken back, or a hand in the table. Derived at the commit, when attempt and withdrawal
 * are both written. `derivedWord` in the code says the same; a test compares the two.
 */
export class Migration20261124000630_follow_attempts extends Migration {
  override up(): void {
    this.addSql(`
      create function attempt_word(attempt payout_attempts, withdrawal_status text, is_last boolean) returns text
      language sql immutable as $$
        select case
          when attempt.taken_back_at is not null then 'failed'
          when attempt.status = 'confirmed' or attempt.late_at is not null then
            case when attempt.kind = 'mining' then 'completed' else 'confirmed' end
          when attempt.status = 'dispatching' then 'pending'
          when attempt.status = 'unknown' then 'manual-review'
          when attempt.status = 'pending-transit' and attempt.kind <> 'mining' then 'pending-transit'
          when attempt.status in ('submitted', 'pending-transit') then 'submitted'
          when is_last and withdrawal_status in ('approved', 'retrying') then 'retrying'
          else 'failed'
        end
      $$`);
    this.addSql(`
      create function attempt_words(of_withdrawal uuid) returns table (attempt_id uuid, word text)
      language sql stable as $$
        select a.id, attempt_word(a, w.status, a.no = max(a.no) over ())
        from payout_attempts a join withdrawals w on w.id = a.withdrawal_id where a.withdrawal_id = of_withdrawal
      $$`);
    for (const log of LOGS) {
      this.addSql(`
        update ${log} l set status = s.word, updated_at = now()
        from withdrawals w cross join lateral attempt_words(w.id) s
        where s.attempt_id = l.attempt_id and s.word <> l.status`);
    }
    this.#follow();
  }

  #follow(): void {
    this.addSql(`
      create function follow_attempts() returns trigger language plpgsql as $$
      declare
        of_withdrawal uuid;
      begin
        case tg_table_name
          when 'withdrawals' then of_withdrawal := new.id;
          when 'payout_attempts' then of_withdrawal := new.withdrawal_id;
          else select withdrawal_id into of_withdrawal from payout_attempts where id = new.attempt_id;
        end case;
        update mining_withdrawals l set status = s.word, updated_at = now() from attempt_words(of_withdrawal) s
          where l.attempt_id = s.attempt_id and l.status <> s.word;
        update wallet_transactions l set status = s.word, updated_at = now() from attempt_words(of_withdrawal) s
          where l.attempt_id = s.attempt_id and l.status <> s.word;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger withdrawals_in_logs after update of status on withdrawals
        deferrable initially deferred for each row
        when (old.status is distinct from new.status
          and (old.status in ('approved', 'retrying') or new.status in ('approved', 'retrying')))
        execute function follow_attempts()`);
    this.addSql(`
      create constraint trigger payout_attempts_in_logs
        after insert or update of status, late_at, taken_back_at on payout_attempts
        deferrable initially deferred for each row execute function follow_attempts()`);
    for (const log of LOGS) {
      this.addSql(`
        create constraint trigger ${log}_as_attempts_say after insert or update of status on ${log}
          deferrable initially deferred for each row execute function follow_attempts()`);
    }
  }

  override down(): void {
    for (const log of LOGS) this.addSql(`drop trigger ${log}_as_attempts_say on ${log}`);
    this.addSql('drop trigger payout_attempts_in_logs on payout_attempts');
    this.addSql('drop trigger withdrawals_in_logs on withdrawals');
    this.addSql('drop function follow_attempts()');
    this.addSql('drop function attempt_words(uuid)');
    this.addSql('drop function attempt_word(payout_attempts, text, boolean)');
  }
}
