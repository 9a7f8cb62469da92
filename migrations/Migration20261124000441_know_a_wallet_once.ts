import { Migration } from '@mikro-orm/migrations';

/**
 * One address is one wallet, however its letters are written: what is paid into it must be looked for in one place, and
 * a second row of the same wallet would have books and a slot of its own.
 */
export class Migration20261124000441_know_a_wallet_once extends Migration {
  override up(): void {
    this.addSql('drop index wallets_address');
    this.addSql('create unique index wallets_address on wallets (lower(address))');
  }

  override down(): void {
    this.addSql('drop index wallets_address');
    this.addSql('create index wallets_address on wallets (lower(address))');
  }
}
