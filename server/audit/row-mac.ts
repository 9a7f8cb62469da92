import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { canonicalJson, type Json } from '#server/kernel/canonical-json.ts';
import type { Secret } from '#server/kernel/secret.ts';
import type { AuditRecord } from './audit-record.ts';

/** What a row says, before the table has it. */
export interface AuditFacts extends Omit<AuditRecord, 'at' | 'before' | 'after' | 'mac' | 'xact'> {
  readonly at: Date;
  readonly before: Json;
  readonly after: Json;
}

const KEY_BYTES = 32;
const MAC_BYTES = 32;

/**
 * Marks rows as written by Countersign: an HMAC whose key the database never sees. Whoever can write to the table but
 * does not know the encryption keys cannot add a row that would pass for one of ours.
 */
export class RowMac {
  readonly #keys: readonly Buffer[];
  readonly #current: Buffer;

  /** The first key marks, all of them are known again. */
  constructor(keys: readonly { readonly base64: Secret }[]) {
    this.#keys = keys.map(({ base64 }) =>
      Buffer.from(hkdfSync('sha256', Buffer.from(base64.reveal(), 'base64'), '', 'countersign audit row', KEY_BYTES)),
    );
    const [current] = this.#keys;
    if (!current) throw new TypeError('at least one encryption key is needed');
    this.#current = current;
  }

  /** In hex, for a row that is about to be written. */
  of(facts: AuditFacts): string {
    const { before, after } = facts;
    const at = facts.at.toISOString().replace('Z', '000Z');
    return macWith(this.#current, { ...facts, at, before: asStored(before), after: asStored(after) }).toString('hex');
  }

  isOurs(record: AuditRecord): boolean {
    const { mac, xact: _, before, after, ...facts } = record;
    if (mac === null) return false;
    const given = Buffer.from(mac, 'hex');
    if (given.length !== MAC_BYTES) return false;
    const said = { ...facts, before: parsed(before), after: parsed(after) };
    return this.#keys.some((key) => timingSafeEqual(given, macWith(key, said)));
  }
}

type Said = { readonly [Field in keyof Omit<AuditFacts, 'at'>]: AuditFacts[Field] } & { readonly at: string };

const macWith = (key: Buffer, said: Said): Buffer =>
  createHmac('sha256', key)
    .update(canonicalJson({ ...said }))
    .digest();

/** A member without a value is not stored, and must not be counted. */
const asStored = (value: Json): Json => JSON.parse(JSON.stringify(value));
const parsed = (text: string | null): Json => (text === null ? null : JSON.parse(text));
