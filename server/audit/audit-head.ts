import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { SignedHead } from './chain.ts';
import type { SigningKeys } from './signing-keys.ts';

/** The head, kept from every other sealer until the commit. */
export interface LockedHead {
  readonly position: number;
  readonly hash: string;
  readonly settledThrough: string;
  /** The transaction that gave rows their mark: what it found there had none. */
  readonly begunIn: string;
}

export interface KeptHead {
  readonly position: number;
  readonly hash: string;
  readonly at: string;
  readonly keyId: string | null;
  readonly signature: string | null;
}

const AT = `to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const KEPT = `position::text, encode(hash, 'hex') as hash, ${AT} as at, key_id as "keyId",
  translate(encode(signature, 'base64'), E'\\n', '') as signature`;

/** Where the chain ends: one row, signed anew each time it is written. */
export class AuditHead {
  readonly #em: EntityManager;
  readonly #keys: SigningKeys;

  constructor(deps: { em: EntityManager; keys: SigningKeys }) {
    this.#em = deps.em;
    this.#keys = deps.keys;
  }

  async read(): Promise<KeptHead> {
    const [head] = await sql<Raw<KeptHead>>(this.#em, `select ${KEPT} from audit_head`);
    if (!head) throw new TypeError('the chain of the record has no head');
    return { ...head, position: Number.parseInt(head.position, 10) };
  }

  /** Null while somebody else has it; `waits`: until they have not. */
  async lock({ waits = false } = {}): Promise<LockedHead | null> {
    const [head] = await sql<Raw<LockedHead>>(
      this.#em,
      `select position::text, encode(hash, 'hex') as hash, settled_through::text as "settledThrough",
         begun_in::text as "begunIn" from audit_head for update ${waits ? '' : 'skip locked'}`,
    );
    return head ? { ...head, position: Number.parseInt(head.position, 10) } : null;
  }

  async move({ position, hash, settledThrough }: Omit<LockedHead, 'begunIn'>): Promise<void> {
    await this.#write({ position, hash }, settledThrough);
  }

  /** Says once more, signed with the time of now, that this is where the chain ends. Null without a key. */
  async renew(): Promise<SignedHead | null> {
    const head = await this.lock({ waits: true });
    return head && this.#write(head, head.settledThrough);
  }

  async #write({ position, hash }: Pick<LockedHead, 'position' | 'hash'>, through: string): Promise<SignedHead | null> {
    const [now] = await sql<{ at: string }>(this.#em, `select ${AT} as at from clock_timestamp() as now (at)`);
    if (!now) throw new TypeError('the database has no clock');
    const signed = this.#keys.sign({ position, hash, at: now.at });
    await sql(
      this.#em,
      `update audit_head set position = ?, hash = decode(?, 'hex'), settled_through = ?::xid8, at = ?::timestamptz,
         key_id = ?, signature = decode(?, 'base64')`,
      [position, hash, through, now.at, signed?.keyId ?? null, signed?.signature ?? null],
    );
    return signed;
  }
}

type Raw<Kept extends { position: number }> = Omit<Kept, 'position'> & { readonly position: string };
