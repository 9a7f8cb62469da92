import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { AuditHead, KeptHead } from './audit-head.ts';
import { type AuditRecord, RECORD_COLUMNS } from './audit-record.ts';
import type { Origin } from './chain.ts';
import { ChainCheck, type ChainedRow } from './chain-check.ts';
import type { AuditVerdict } from './contract.ts';
import type { KeptHeads } from './kept-heads.ts';
import type { RowMac } from './row-mac.ts';
import type { SigningKeys } from './signing-keys.ts';

const ROWS_AT_ONCE = 5_000;
/** Rows outside the chain that are looked at one by one; more of them are counted. */
const UNCHAINED_MAX = 10_000;

interface CheckOptions {
  /** What was kept outside the database; null where nothing is at hand. */
  readonly kept?: KeptHeads | null;
  readonly onProgress?: (checked: number, all: number) => void;
  readonly signal?: AbortSignal;
}

/** Looks through the whole record: rows, chain, head, and heads that were kept outside. Holds a page of rows at a time. */
export class AuditCheck {
  readonly #em: EntityManager;
  readonly #mac: RowMac;
  readonly #head: AuditHead;
  readonly #keys: SigningKeys;

  constructor(deps: { em: EntityManager; mac: RowMac; head: AuditHead; keys: SigningKeys }) {
    this.#em = deps.em;
    this.#mac = deps.mac;
    this.#head = deps.head;
    this.#keys = deps.keys;
  }

  async run({ kept = null, onProgress, signal }: CheckOptions = {}): Promise<AuditVerdict> {
    const head = await this.#head.read();
    const check = new ChainCheck();
    while (check.position < head.position) {
      signal?.throwIfAborted();
      const rows = await this.#chained(check.position, head.position);
      for (const row of rows) {
        check.step(row);
        if (kept) this.#compare(check, kept.differing(row.link.position, row.link.hash));
      }
      onProgress?.(check.position, head.position);
      if (rows.length < ROWS_AT_ONCE) break;
    }
    check.missingUpTo(head.position);
    const isSigned = this.#checkHead(check, head);
    if (await this.#goesOnBehindHead()) check.fault('head_differs', { position: head.position });
    if (kept) this.#compareEnd(check, kept, head.position);
    const waiting = await this.#checkUnchained(check);
    return {
      sound: check.faults === 0,
      checked: check.position,
      faults: check.faults,
      firstFault: check.first,
      head: { position: head.position, hash: head.hash, at: head.at, keyId: head.keyId, isSigned },
      waiting,
      keptHeads: kept && { count: kept.count, lastAt: kept.lastAt },
    };
  }

  async #chained(after: number, upTo: number): Promise<ChainedRow[]> {
    const rows = await sql<RawRow>(
      this.#em,
      `select l.position::text as "linkPosition", l.event_id as "linkEvent", l.origin as "linkOrigin",
         encode(l.event_hash, 'hex') as "eventHash", encode(l.hash, 'hex') as "linkHash", ${RECORD_COLUMNS}
       from audit_links l left join audit_events e on e.id = l.event_id
       where l.position > ? and l.position <= ? order by l.position limit ${ROWS_AT_ONCE}`,
      [after, upTo],
    );
    return rows.map(toChainedRow);
  }

  /** Whether a key of ours signed it. */
  #checkHead(check: ChainCheck, { keyId, signature, ...head }: KeptHead): boolean {
    const { position } = head;
    if (check.reached !== null && check.reached !== head.hash) check.fault('head_differs', { position });
    const isSigned = keyId !== null && signature !== null && this.#keys.hasSigned({ ...head, keyId, signature });
    // Before the very first row there is nothing to sign yet, and without a key nothing is signed.
    if (!isSigned && this.#keys.areThere && position > 0) check.fault('head_unsigned', { position });
    return isSigned;
  }

  /** In one statement, because the sealer goes on meanwhile. */
  async #goesOnBehindHead(): Promise<boolean> {
    const behind = await sql(
      this.#em,
      'select from audit_links where position > (select position from audit_head) limit 1',
    );
    return behind.length > 0;
  }

  #compare(check: ChainCheck, differing: ReturnType<KeptHeads['differing']>): void {
    for (const head of differing) {
      check.fault(this.#keys.hasSigned(head) ? 'rebuilt' : 'kept_head_false', { position: head.position });
    }
  }

  #compareEnd(check: ChainCheck, kept: KeptHeads, end: number): void {
    for (const head of kept.beyond(end)) {
      check.fault(this.#keys.hasSigned(head) ? 'tail_cut' : 'kept_head_false', { position: head.position });
    }
    for (let line = 0; line < kept.unreadable; line += 1) check.fault('kept_head_false');
  }

  /** What is older than the chain's end must be in it; what is younger waits for the sealer, and must be ours. */
  async #checkUnchained(check: ChainCheck): Promise<AuditVerdict['waiting']> {
    const rows = await sql<AuditRecord & { isLate: boolean; isOld: boolean }>(
      this.#em,
      `select ${RECORD_COLUMNS},
         h.settled_through <= s.next and (e.xact < h.settled_through or e.xact >= s.next) as "isLate",
         e.mac is null and e.xact = h.begun_in as "isOld"
       from audit_events e, audit_head h, lateral (select pg_snapshot_xmax(pg_current_snapshot()) as next) s
       where not exists (select from audit_links l where l.event_id = e.id) order by e.at, e.id limit ${UNCHAINED_MAX}`,
    );
    const waiting = rows.filter(({ isLate }) => !isLate);
    for (const { id } of rows.filter(({ isLate }) => isLate)) check.fault('row_unchained', { eventId: id });
    for (const { isLate: _, isOld, ...record } of waiting) {
      if (!isOld && !this.#mac.isOurs(record)) check.fault('row_foreign', { eventId: record.id });
    }
    return { count: waiting.length, oldestAt: waiting[0]?.at ?? null };
  }
}

type RawRow = Omit<AuditRecord, 'id'> & {
  readonly id: string | null;
  readonly linkPosition: string;
  readonly linkEvent: string;
  readonly linkOrigin: Origin;
  readonly eventHash: string;
  readonly linkHash: string;
};

function toChainedRow({ linkPosition, linkEvent, linkOrigin, eventHash, linkHash, id, ...rest }: RawRow): ChainedRow {
  return {
    link: {
      position: Number.parseInt(linkPosition, 10),
      eventId: linkEvent,
      origin: linkOrigin,
      eventHash,
      hash: linkHash,
    },
    record: id === null ? null : { ...rest, id },
  };
}
