import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { addressBlock } from './client-address.ts';

const TRIES_MAX = 10;
const WINDOW_MINUTES = 15;
const SWEPT_AT_ONCE = 50;

/** Who tries to get in as somebody. */
export interface Tryer {
  readonly kind: 'password' | 'code';
  /** Whom they say they are. */
  readonly account: string;
  /** The device, when it is one that this very account has signed in from. */
  readonly deviceId: string | null;
  readonly ip: string | null;
}

/** Until when whoever tries must wait. */
export type Wait = Date;

/**
 * How often a password or a code may be tried: ten times in any quarter of an hour, by the database's clock, for each
 * account and for each block of addresses, whichever is reached first. A device that the account has signed in from
 * counts by itself: whoever guesses from elsewhere cannot keep the owner out.
 */
export class TryLimit {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /** Counted before it is tried, so that many at once are counted too. Resolves to null when it may be tried. */
  async take(tryer: Tryer): Promise<Wait | null> {
    for (const bucket of bucketsOf(tryer)) {
      const wait = await this.#takeOne(bucket);
      if (wait) return wait;
    }
    return null;
  }

  /** It was right: only what fails is counted. */
  async giveBack(tryer: Tryer): Promise<void> {
    for (const bucket of bucketsOf(tryer)) {
      await sql(
        this.#em,
        'update operator_attempts set tries = tries[:greatest(cardinality(tries) - 1, 0)] where bucket = ?',
        [bucket],
      );
    }
  }

  async #takeOne(bucket: string): Promise<Wait | null> {
    await this.#sweep();
    const taken = await sql(
      this.#em,
      `insert into operator_attempts as a (bucket, tries, last_at) values (?, array[now()], now())
       on conflict (bucket) do update set tries = ${RECENT} || now(), last_at = now()
       where cardinality(${RECENT}) < ? returning 1`,
      [bucket, WINDOW_MINUTES, WINDOW_MINUTES, TRIES_MAX],
    );
    if (taken.length > 0) return null;
    const [row] = await sql<{ until: Date }>(
      this.#em,
      `select least(min(each), now()) + make_interval(mins => ?) as until
       from operator_attempts, unnest(tries) each where bucket = ? and each > now() - make_interval(mins => ?)`,
      [WINDOW_MINUTES, bucket, WINDOW_MINUTES],
    );
    return new Date(row?.until ?? Date.now());
  }

  /** What nobody has touched for a window says nothing any more. */
  async #sweep(): Promise<void> {
    await sql(
      this.#em,
      `delete from operator_attempts where bucket in (
         select bucket from operator_attempts where last_at < now() - make_interval(mins => ?)
         order by last_at limit ? for update skip locked)`,
      [WINDOW_MINUTES, SWEPT_AT_ONCE],
    );
  }
}

const RECENT = `array(select each from unnest(a.tries) each where each > now() - make_interval(mins => ?) order by each)`;

/** Addresses come first: a stranger who has none left does not use up those of an account. */
function bucketsOf({ kind, account, deviceId, ip }: Tryer): string[] {
  if (deviceId) return [`${kind}:device:${deviceId}`];
  const ofAccount = `${kind}:account:${createHash('sha256').update(account.toLowerCase()).digest('hex')}`;
  return ip ? [`block:${addressBlock(ip)}`, ofAccount] : [ofAccount];
}

export const tooManyTries = (until: Wait): DomainError =>
  new DomainError('rate.limited', `too many tries: wait until ${until.toISOString()}`, {
    detail: { retryAt: until.toISOString() },
  });
