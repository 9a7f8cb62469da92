import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '#server/database/database-now.ts';
import { sql } from '#server/database/sql.ts';
import type { Secret } from '#server/kernel/secret.ts';

const RANDOM_BYTES = 24;
const TIME_BYTES = 8;
const MAC_BYTES = 32;
const SECONDS_VALID = 300;
const SWEPT_AT_ONCE = 50;

/**
 * Questions to authenticators that nobody has to remember: each carries when it was made, by the database's clock, and a
 * seal over what it is about. Only an answered one is written down, so that it counts once.
 */
export class Challenges {
  readonly #em: EntityManager;
  readonly #secret: Secret;

  constructor(deps: { em: EntityManager; secret: Secret }) {
    this.#em = deps.em;
    this.#secret = deps.secret;
  }

  async make(about: string): Promise<string> {
    const time = Buffer.alloc(TIME_BYTES);
    time.writeBigUInt64BE(BigInt((await databaseNow(this.#em)).getTime()));
    const open = Buffer.concat([time, randomBytes(RANDOM_BYTES)]);
    return Buffer.concat([open, this.#seal(open, about)]).toString('base64url');
  }

  /** Whether we asked this, about this, in the last five minutes, and nobody has answered it yet. */
  async spend(challenge: string, about: string): Promise<boolean> {
    const bytes = Buffer.from(challenge, 'base64url');
    if (bytes.length !== TIME_BYTES + RANDOM_BYTES + MAC_BYTES) return false;
    const open = bytes.subarray(0, -MAC_BYTES);
    if (!timingSafeEqual(bytes.subarray(-MAC_BYTES), this.#seal(open, about))) return false;
    const ageMs = BigInt((await databaseNow(this.#em)).getTime()) - open.readBigUInt64BE();
    if (ageMs > BigInt(SECONDS_VALID * 1_000)) return false;
    await this.#sweep();
    const spent = await sql(
      this.#em,
      'insert into passkey_challenges (challenge) values (?) on conflict do nothing returning 1',
      [bytes.toString('base64url')],
    );
    return spent.length > 0;
  }

  /** Older ones are refused by their age. */
  async #sweep(): Promise<void> {
    await sql(
      this.#em,
      `delete from passkey_challenges where challenge in (
         select challenge from passkey_challenges where answered_at < now() - make_interval(secs => ?)
         order by answered_at limit ? for update skip locked)`,
      [2 * SECONDS_VALID, SWEPT_AT_ONCE],
    );
  }

  #seal(open: Buffer, about: string): Buffer {
    return createHmac('sha256', this.#secret.reveal())
      .update('passkey challenge\0')
      .update(open)
      .update(about)
      .digest();
  }
}
