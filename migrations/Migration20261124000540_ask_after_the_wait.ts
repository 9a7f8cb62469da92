import { Migration } from '@mikro-orm/migrations';

/**
 * Who asks for money is one of the people it takes as well: whose right is new asks for none, changes no amount, and is
 * shown no key that could ask. Else they ask and whoever gave them the right approves.
 */
export class Migration20261124000540_ask_after_the_wait extends Migration {
  override up(): void {
    for (const [name, , rule] of TRIGGERS) this.addSql(`create trigger ${name} before ${rule}`);
  }

  override down(): void {
    for (const [name, table] of TRIGGERS) this.addSql(`drop trigger ${name} on ${table}`);
  }
}

const TRIGGERS = [
  [
    'withdrawals_no_newcomer_asks',
    'withdrawals',
    `insert on withdrawals for each row when (new.requested_by_type = 'operator')
       execute function refuse_newcomer('requested_by_id')`,
  ],
  [
    'withdrawals_no_newcomer_edits',
    'withdrawals',
    `update of edited_by on withdrawals for each row when (new.edited_by is distinct from old.edited_by)
       execute function refuse_newcomer('edited_by')`,
  ],
  [
    'api_key_secrets_no_newcomer',
    'api_key_secrets',
    `insert on api_key_secrets for each row execute function refuse_newcomer('shown_to')`,
  ],
] as const;
