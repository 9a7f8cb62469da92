import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { AuditHead, KeptHead } from './audit-head.ts';
import { type AuditRecord, RECORD_COLUMNS } from './audit-record.ts';
import { GENESIS_HASH, type Origin, type SignedHead } from './chain.ts';
import { ChainCheck, type ChainedRow, lower } from './chain-check.ts';
import type { AuditFaultView, AuditVerdict, AuditVerifyView } from './contract.ts';
import type { KeptHeads } from './kept-heads.ts';
import type { RowMac } from './row-mac.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { AuditFault } from './statuses.ts';

const ROWS_AT_ONCE = 5_000;
/** Rows outside the chain that are looked at one by one; more of them are counted. */
const UNCHAINED_MAX = 10_000;

/** What was kept outside the database; null where nothing is at hand. Asked for at the end, because it may be long. */
type KeptSource = () => Promise<KeptHeads | null>;

interface CheckOptions {
  readonly kept: KeptSource;
  readonly onProgress?: (checked: number, all: number) => void;
}

type Rest = NonNullable<AuditVerifyView['rest']>;

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

  async run({ kept, onProgress }: CheckOptions): Promise<AuditVerdict> {
    let faults = 0;
    let firstFault: AuditFaultView | null = null;
    let part: AuditVerifyView | null = null;
    while (!part?.rest) {
      part = await this.part(part?.checkedTo ?? 0, kept);
      faults += part.faults;
      firstFault = lower(firstFault, part.firstFault);
      onProgress?.(part.checkedTo, part.end);
    }
    return { sound: faults === 0, checked: part.checkedTo, faults, firstFault, ...part.rest };
  }

  /** The next rows behind this place; with the last of them, whatever is not a matter of single rows. */
  async part(after: number, kept: KeptSource): Promise<AuditVerifyView> {
    const head = await this.#head.read();
    const check = new ChainCheck(after === 0 ? undefined : { position: after, hash: await this.#hashAt(after) });
    const rows = await this.#chained(after, head.position);
    for (const row of rows) check.step(row);
    const isLast = rows.length < ROWS_AT_ONCE;
    if (isLast) check.missingUpTo(head.position);
    const rest = isLast ? await this.#rest(check, head, await kept()) : null;
    const { faults, first: firstFault } = check;
    return { checkedTo: check.position, end: head.position, faults, firstFault, rest };
  }

  async #rest(check: ChainCheck, head: KeptHead, kept: KeptHeads | null): Promise<Rest> {
    // First of all, because it says more than a signature that does not fit.
    if (kept) await this.#compare(check, kept, head.position);
    const isSigned = await this.#checkHead(check, head);
    if (await this.#goesOnBehindHead()) check.fault('head_differs', { position: head.position });
    const waiting = await this.#checkUnchained(check);
    const { position, hash, at, keyId } = head;
    return {
      head: { position, hash, at, keyId, isSigned },
      waiting,
      keptHeads: kept && { count: kept.count, lastAt: kept.lastAt },
    };
  }

  async #hashAt(position: number): Promise<string | null> {
    const [link] = await sql<{ hash: string }>(
      this.#em,
      "select encode(hash, 'hex') as hash from audit_links where position = ?",
      [position],
    );
    return link?.hash ?? null;
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
  async #checkHead(check: ChainCheck, { keyId, signature, ...head }: KeptHead): Promise<boolean> {
    const { position, hash } = head;
    const reached = position === 0 ? GENESIS_HASH : await this.#hashAt(position);
    if (reached !== hash) check.fault('head_differs', { position });
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

  async #compare(check: ChainCheck, kept: KeptHeads, end: number): Promise<void> {
    const places = kept.positions.filter((position) => position > 0 && position <= end);
    for (let from = 0; from < places.length; from += ROWS_AT_ONCE) {
      const part = places.slice(from, from + ROWS_AT_ONCE);
      const links = await sql<{ position: string; hash: string }>(
        this.#em,
        `select p.position::text as position, encode(l.hash, 'hex') as hash
         from unnest(?::bigint[]) as p (position) left join audit_links l using (position)`,
        [part],
      );
      for (const { position, hash } of links) {
        for (const head of kept.differing(Number.parseInt(position, 10), hash)) this.#blame(check, head, 'rebuilt');
      }
    }
    for (const head of kept.beyond(end)) this.#blame(check, head, 'tail_cut');
    for (let line = 0; line < kept.unreadable; line += 1) check.fault('kept_head_false');
  }

  /** A head that a key of ours has signed is right; any other line proves nothing. */
  #blame(check: ChainCheck, head: SignedHead, fault: AuditFault): void {
    check.fault(this.#keys.hasSigned(head) ? fault : 'kept_head_false', { position: head.position });
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
