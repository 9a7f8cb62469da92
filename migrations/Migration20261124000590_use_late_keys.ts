import { Migration } from '@mikro-orm/migrations';

/** A new key that comes after the old one was seen to live is the wallet's all the same: the provider knows no other now. */
export class Migration20261124000590_use_late_keys extends Migration {
  override up(): void {
    this.#allow(`${BEFORE}, 'not_rotated>rotated'`);
  }

  override down(): void {
    this.#allow(BEFORE);
  }

  #allow(moves: string): void {
    this.addSql('drop trigger key_rotations_moves on key_rotations');
    this.addSql(`
      create trigger key_rotations_moves before update of status on key_rotations
        for each row when (old.status is distinct from new.status) execute function guard_move(${moves})`);
  }
}

const BEFORE = `'dispatching>unknown', 'dispatching>rotated', 'dispatching>not_rotated',
  'unknown>rotated', 'unknown>not_rotated', 'unknown>lost', 'lost>rotated'`;
