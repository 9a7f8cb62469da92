import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { KeyRotation } from './key-rotation.entity.ts';

/** What key rotations keep, and what must be looked at before one begins. */
export class KeyRotationRepository {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  add(data: Omit<KeyRotation, 'move'>): KeyRotation {
    const rotation = this.#em.create(KeyRotation, data);
    this.#em.persist(rotation);
    return rotation;
  }

  lock(id: string): Promise<KeyRotation> {
    return this.#em.findOneOrFail(KeyRotation, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  }

  newest(walletId: string): Promise<KeyRotation | null> {
    return this.#em.findOne(KeyRotation, { walletId }, { orderBy: { id: 'desc' } });
  }

  async slotTaken(walletId: string): Promise<boolean> {
    return (await sql(this.#em, 'select 1 from wallet_slots where wallet_id = ?', [walletId])).length > 0;
  }

  /** Assets of which the books say that the wallet holds some. */
  async assetsHeld(walletId: string): Promise<string[]> {
    const rows = await sql<{ asset: string }>(
      this.#em,
      `select distinct a.asset from ledger_accounts a join ledger_balances b using (code, asset)
       where a.wallet_id = ? and b.balance > 0 order by a.asset`,
      [walletId],
    );
    return rows.map(({ asset }) => asset);
  }
}
