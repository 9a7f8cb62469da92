import { Migration } from '@mikro-orm/migrations';

const BEFORE_SENDING = `'pending', 'approved_pending', 'approved', 'retrying'`;
const ENDED_UNPAID = `'failed', 'rejected', 'cancelled'`;
const ASKED = [
  ...['id', 'kind', 'member_id', 'wallet_id', 'asset', 'destination_address', 'destination_type', 'reference'],
  ...['requested_by_type', 'requested_by_id', 'requested_at'],
];
const AMOUNT = ['revision', 'amount', 'digest', 'held_revision', 'edited_by'];
const TIER = ['policy_tier', 'approvals_required', 'escalated', 'expires_after_hours'];
const VOTED_UNDER = ['revision', 'policy_version', ...TIER];

/**
 * The last guard over what a withdrawal is, whoever writes it: who asked for what, for whom and where to stays for good.
 * Another amount comes of an edit, which everybody votes on anew, or of taking an attempt that paid late. The worker still
 * looks at the digest before it sends: whoever rules the database can switch this off.
 */
export class Migration20261124000670_guard_contents extends Migration {
  override up(): void {
    this.addSql(`
      create function refuse_other_contents() returns trigger language plpgsql as $$
      begin
        raise exception 'what withdrawal % asks for cannot be changed', old.id using errcode = 'restrict_violation';
      end $$`);
    this.addSql(`
      create trigger withdrawals_asked before update on withdrawals for each row
        when (${row('new', ASKED)} is distinct from ${row('old', ASKED)}) execute function refuse_other_contents()`);
    this.#amount();
    this.#tier();
  }

  /** The digest follows revision and amount, and changes with nothing else; so does what is held, and who edited. */
  #amount(): void {
    this.addSql(`
      create function guard_amount() returns trigger language plpgsql as $$
      declare
        anew boolean := new.revision = old.revision + 1 and new.status = 'pending';
        edited boolean := anew and new.amount <> old.amount and new.edited_by is not null
          and old.status in (${BEFORE_SENDING});
        adopted boolean := new.revision = old.revision and new.amount <> old.amount and new.status = 'completed'
          and old.status in (${BEFORE_SENDING}, ${ENDED_UNPAID})
          and exists (select 1 from payout_attempts a
            where a.withdrawal_id = new.id and a.amount = new.amount and a.late_at is not null);
      begin
        if new.amount <> old.amount and not (edited or adopted)
          or new.edited_by is distinct from old.edited_by and not edited
          or new.held_revision <> old.held_revision and not (anew and new.held_revision = new.revision)
          or (new.digest <> old.digest) <> (anew or adopted) then
          raise exception 'what withdrawal % asks for cannot be changed', old.id using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger withdrawals_amount before update on withdrawals for each row
        when (${row('new', AMOUNT)} is distinct from ${row('old', AMOUNT)}) execute function guard_amount()`);
  }

  /** As before, and the version that the tier is of; no revision is left out either. */
  #tier(): void {
    this.addSql('drop trigger withdrawals_tier on withdrawals');
    this.addSql(`
      create trigger withdrawals_tier before update on withdrawals for each row
        when (${row('new', VOTED_UNDER)} is distinct from ${row('old', VOTED_UNDER)}
          and (new.revision <> old.revision + 1 or new.status <> 'pending'))
        execute function refuse_other_tier()`);
  }

  override down(): void {
    this.addSql('drop trigger withdrawals_tier on withdrawals');
    this.addSql(`
      create trigger withdrawals_tier before update on withdrawals for each row
        when (new.revision < old.revision
          or ${row('new', TIER)} is distinct from ${row('old', TIER)}
            and (new.revision <> old.revision + 1 or new.status <> 'pending'))
        execute function refuse_other_tier()`);
    this.addSql('drop trigger withdrawals_amount on withdrawals');
    this.addSql('drop function guard_amount()');
    this.addSql('drop trigger withdrawals_asked on withdrawals');
    this.addSql('drop function refuse_other_contents()');
  }
}

const row = (which: 'new' | 'old', columns: readonly string[]): string =>
  `(${columns.map((column) => `${which}.${column}`).join(', ')})`;
