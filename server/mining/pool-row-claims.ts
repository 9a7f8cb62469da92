import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { bookable } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import type { PoolWithdrawal } from './pool.port.ts';
import { poolRowKey } from './pool-rows.ts';

/** `bound`: an attempt of ours. `registered`: made by hand at the pool, says two people. `explained`: so say two people. */
export type ClaimHow = 'bound' | 'registered' | 'explained';

export interface RowClaim {
  readonly reference: string;
  readonly how: ClaimHow;
  readonly attemptId: string | null;
}

export interface ClaimFacts {
  readonly how: ClaimHow;
  /** For `bound` alone. */
  readonly attemptId?: string;
  /** The attempt had the row's withdrawal id from the pool's own reply: what it shows is typical of our payments. */
  readonly byName?: boolean;
}

/** Whose each row of the pool's list is. Said once, for good; the database lets nobody say it a second time. */
export class PoolRowClaims {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /** False when the row is somebody else's already; the same claim made twice is one. */
  async claim(row: PoolWithdrawal, facts: ClaimFacts, by: ActingParty): Promise<boolean> {
    const amount = bookable(row.asset, row.amount);
    if (!amount) return false;
    const { how, attemptId = null, byName = false } = facts;
    await sql(
      this.#em,
      `insert into pool_row_claims (id, provider, reference, asset, amount, row_created_at, how, attempt_id, by_name,
         type, address, fee, failed, claimed_by)
       values (?, 'hashdam', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
      [
        ...[newId(), row.reference, row.asset, amount.toString(), row.createdAt, how, attemptId, byName],
        ...[row.type, row.address, bookable(row.asset, row.fee)?.toString() ?? '0', row.status === 'failed', by.id],
      ],
    );
    const claim = (await this.of(row.asset, [row.reference])).get(poolRowKey(row));
    return claim?.how === how && claim.attemptId === attemptId;
  }

  /** The claims on these withdrawal ids, by the key of their row. */
  async of(asset: string, references: readonly string[]): Promise<ReadonlyMap<string, RowClaim>> {
    const rows = await sql<ClaimRow>(
      this.#em,
      `select reference, amount::text as amount, row_created_at, how, attempt_id from pool_row_claims
       where provider = 'hashdam' and asset = ? and reference = any(?::text[])`,
      [asset, [...new Set(references)]],
    );
    return new Map(
      rows.map(({ reference, amount, row_created_at: at, how, attempt_id: attemptId }) => [
        poolRowKey({ reference, asset, amount, createdAt: at && new Date(at).toISOString() }),
        { reference, how, attemptId },
      ]),
    );
  }

  /** What rows of our own payments look like, by those that the pool's own replies named. */
  async typical(
    asset: string,
  ): Promise<{ readonly types: ReadonlySet<string>; readonly addresses: ReadonlySet<string> }> {
    const rows = await sql<{ type: string; address: string | null }>(
      this.#em,
      `select distinct type, address from pool_row_claims where provider = 'hashdam' and asset = ? and by_name`,
      [asset],
    );
    const addresses = rows.flatMap(({ address }) => (address === null ? [] : [address]));
    return { types: new Set(rows.map(({ type }) => type)), addresses: new Set(addresses) };
  }
}

interface ClaimRow {
  readonly reference: string;
  readonly amount: string;
  readonly row_created_at: Date | string | null;
  readonly how: ClaimHow;
  readonly attempt_id: string | null;
}
