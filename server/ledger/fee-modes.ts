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

  /** The same for what happened from an instant on: what came before the first day of a mode may have been otherwise. */
  async since(asset: string): Promise<{ readonly mode: FeeMode; readonly from: Date } | null> {
    const text = `select mode, since::timestamp at time zone 'UTC' as "from" from pool_fee_modes where asset = ?`;
    const [row] = await sql<{ mode: FeeMode; from: Date | string }>(this.#em, text, [asset]);
    return row ? { mode: row.mode, from: new Date(row.from) } : null;
  }
}
