import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { FeeMode } from './posting-parts.ts';

/** How the pool takes its fees of each coin, as its own days have shown. */
export class FeeModes {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /** Null while no day has shown it. */
  async of(asset: string): Promise<FeeMode | null> {
    const [row] = await sql<{ mode: FeeMode }>(this.#em, 'select mode from pool_fee_modes where asset = ?', [asset]);
    return row?.mode ?? null;
  }
}
