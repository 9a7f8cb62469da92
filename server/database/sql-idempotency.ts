import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { canonicalJson, type Json } from '#server/kernel/canonical-json.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { Idempotency, IdempotentCall } from '#server/kernel/idempotency.ts';
import { sql } from './sql.ts';

/**
 * Keeps replies in `idempotency_records`. The insert is the lock: a second call with the same key waits for the first
 * one's commit and then finds its reply, or finds nothing because the first was refused, and runs itself.
 */
export class SqlIdempotency implements Idempotency {
  readonly #em: EntityManager;
  readonly #clock: Clock;

  constructor(deps: { em: EntityManager; clock: Clock }) {
    this.#em = deps.em;
    this.#clock = deps.clock;
  }

  async once<Reply>(call: IdempotentCall, work: () => Promise<Reply>): Promise<Reply> {
    const hash = bodyHash(call.body);
    const taken = await sql<{ procedure: string }>(
      this.#em,
      `insert into idempotency_records (procedure, key, body_hash, created_at) values (?, ?, ?, ?)
       on conflict do nothing returning procedure`,
      [call.procedure, call.key, hash, this.#clock.now()],
    );
    if (taken.length === 0) return this.#repeat<Reply>(call, await this.#find<Reply>(call), hash);
    const reply = await work();
    await sql(this.#em, 'update idempotency_records set reply = ?::jsonb where procedure = ? and key = ?', [
      JSON.stringify(reply),
      call.procedure,
      call.key,
    ]);
    return reply;
  }

  async kept<Reply>(call: IdempotentCall): Promise<Reply | null> {
    const kept = await this.#find<Reply>(call);
    return kept ? this.#repeat(call, kept, bodyHash(call.body)) : null;
  }

  async #find<Reply>(call: IdempotentCall): Promise<Kept<Reply> | undefined> {
    const [kept] = await sql<Kept<Reply>>(
      this.#em,
      'select body_hash, reply from idempotency_records where procedure = ? and key = ?',
      [call.procedure, call.key],
    );
    return kept;
  }

  #repeat<Reply>(call: IdempotentCall, kept: Kept<Reply> | undefined, hash: string): Reply {
    if (kept?.body_hash !== hash) {
      throw new DomainError('idempotency.conflict', 'this key was used before with another body', {
        detail: { key: call.key },
      });
    }
    return kept.reply;
  }
}

interface Kept<Reply> {
  readonly body_hash: string;
  readonly reply: Reply;
}

const bodyHash = (body: unknown): string => {
  const plain = JSON.parse(JSON.stringify(body)) as Json;
  return createHash('sha256').update(canonicalJson(plain)).digest('hex');
};
