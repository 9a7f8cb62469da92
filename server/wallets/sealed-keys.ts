import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { WalletKeyCipher } from './wallet-key-cipher.ts';

/** Rows sealed anew in one transaction: short enough to stand in nobody's way. */
const BATCH_ROWS = 100;
/** When every row that is left is being used by somebody. */
const AGAIN_AFTER_MS = 1_000;

/** Everything that is sealed, and the column with the id that it is sealed for. */
const PLACES = [
  { table: 'wallets', column: 'encrypted_key', owner: 'id' },
  { table: 'key_rotations', column: 'sealed_key', owner: 'wallet_id' },
  { table: 'webhook_endpoints', column: 'sealed_secret', owner: 'id' },
  { table: 'webhook_endpoints', column: 'previous_sealed_secret', owner: 'id' },
  { table: 'operator_second_factors', column: 'sealed_key', owner: 'id' },
] as const;
type Place = (typeof PLACES)[number];

/** How many texts one encryption key seals. `waiting` will be sealed anew; `missing` cannot be opened at all. */
export interface SealedCount {
  readonly keyId: string;
  readonly count: number;
  readonly state: 'current' | 'waiting' | 'missing';
}

/** Seals with the first encryption key what an older one sealed, in small steps beside everything else that runs. */
export class SealedKeys {
  readonly #em: EntityManager;
  readonly #cipher: WalletKeyCipher;
  readonly #audit: AuditTrail;
  readonly #jobs: JobQueue;

  constructor(deps: { em: EntityManager; cipher: WalletKeyCipher; audit: AuditTrail; jobs: JobQueue }) {
    this.#em = deps.em;
    this.#cipher = deps.cipher;
    this.#audit = deps.audit;
    this.#jobs = deps.jobs;
  }

  async progress(): Promise<SealedCount[]> {
    const parts = PLACES.map(({ table, column }) => `select split_part(${column}, ':', 2) as id from ${table}`);
    const rows = await sql<{ id: string; count: number }>(
      this.#em,
      `select id, count(*)::int as count from (${parts.join(' union all ')}) sealed where id is not null
       group by id order by id`,
    );
    return rows.map(({ id, count }) => ({ keyId: id, count, state: this.#stateOf(id) }));
  }

  /** Puts the work on the queue when there is any. Resolves to what stands, for the log. */
  async begin(): Promise<SealedCount[]> {
    const sealed = await this.progress();
    if (sealed.some(({ state }) => state === 'waiting')) await this.#jobs.send('wallets.re-encrypt', {});
    return sealed;
  }

  /** One batch, and the job for the next one. What somebody holds right now comes later. Needs a transaction. */
  async resealBatch(by: ActingParty): Promise<number> {
    let done = 0;
    for (const place of PLACES) done += await this.#reseal(place, BATCH_ROWS - done);
    if (done > 0) {
      const subject = { type: 'system', id: 'encryption-key' } as const;
      this.#audit.record({
        action: 'keys.resealed',
        subject,
        by,
        after: { keyId: this.#cipher.currentId, rows: done },
      });
    }
    const isLeft = (await this.progress()).some(({ state }) => state === 'waiting');
    const pause = done === 0 ? AGAIN_AFTER_MS : 0;
    if (isLeft) await this.#jobs.send('wallets.re-encrypt', {}, { startAfter: new Date(Date.now() + pause) });
    return done;
  }

  async #reseal({ table, column, owner }: Place, rowsMax: number): Promise<number> {
    const rows = await sql<{ id: string; owner: string; text: string }>(
      this.#em,
      `select id, ${owner} as owner, ${column} as text from ${table} where split_part(${column}, ':', 2) = any(?::text[])
       order by id limit ? for update skip locked`,
      [this.#cipher.olderIds, rowsMax],
    );
    for (const row of rows) {
      const sealed = this.#cipher.seal(this.#cipher.open(row.text, row.owner), row.owner);
      await sql(this.#em, `update ${table} set ${column} = ? where id = ?`, [sealed, row.id]);
    }
    return rows.length;
  }

  #stateOf(id: string): SealedCount['state'] {
    if (id === this.#cipher.currentId) return 'current';
    return this.#cipher.olderIds.includes(id) ? 'waiting' : 'missing';
  }
}
