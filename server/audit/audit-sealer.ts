import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { AuditHead, LockedHead } from './audit-head.ts';
import { type AuditRecord, eventHash, RECORD_COLUMNS } from './audit-record.ts';
import { type Link, linkHash, type Origin } from './chain.ts';
import type { RowMac } from './row-mac.ts';

/** Rows taken into the chain in one transaction. */
export const SEALED_AT_ONCE = 5_000;

/** Tells people; filled by the notifications' outbox. */
export interface AuditAlerts {
  announce(alert: {
    readonly type: 'audit.foreign_row' | 'audit.export_failed' | 'audit.export_resumed';
    readonly subject: { readonly type: 'audit'; readonly id: string };
    readonly reason?: string;
  }): void;
}

/**
 * Takes committed rows into the chain, one sealer at a time, after their commit: no change ever waits for another one's
 * row. What was committed between two runs is in the order of its transactions.
 */
export class AuditSealer {
  readonly #em: EntityManager;
  readonly #mac: RowMac;
  readonly #head: AuditHead;
  readonly #alerts: AuditAlerts;

  constructor(deps: { em: EntityManager; mac: RowMac; head: AuditHead; alerts: AuditAlerts }) {
    this.#em = deps.em;
    this.#mac = deps.mac;
    this.#head = deps.head;
    this.#alerts = deps.alerts;
  }

  /** Resolves to how many rows were taken in; none while another worker is at it. In a transaction. */
  async seal(): Promise<number> {
    const head = await this.#head.lock();
    if (!head) return 0;
    const window = await this.#window(head);
    const records = await this.#unlinked(window);
    if (records.length === 0) return 0;
    const { links, hash } = this.#chained(head, records, await this.#onlyOldRowsUpTo(head));
    await this.#write(links);
    await this.#head.move({
      position: head.position + links.length,
      hash,
      settledThrough: settledThrough(head, window, records),
    });
    for (const { eventId, origin } of links) {
      if (origin !== 'foreign') continue;
      this.#alerts.announce({ type: 'audit.foreign_row', subject: { type: 'audit', id: eventId } });
    }
    return links.length;
  }

  /**
   * Between which transactions rows may be that are not in the chain yet. A database that was restored elsewhere counts
   * its transactions anew: everything is looked through once.
   */
  async #window({ settledThrough: from }: LockedHead): Promise<Window> {
    const [now] = await sql<{ running: string; next: string }>(
      this.#em,
      `select pg_snapshot_xmin(s)::text as running, pg_snapshot_xmax(s)::text as next from pg_current_snapshot() s`,
    );
    if (!now) throw new TypeError('the database has no snapshot');
    const restored = BigInt(from) > BigInt(now.next);
    return restored
      ? { from: '0', to: XACT_MAX, running: now.running, restored }
      : { from, to: now.next, running: now.running, restored };
  }

  #unlinked({ from, to }: Window): Promise<AuditRecord[]> {
    return sql<AuditRecord>(
      this.#em,
      `select ${RECORD_COLUMNS} from audit_events e
       where e.xact >= ?::xid8 and e.xact < ?::xid8
         and not exists (select from audit_links l where l.event_id = e.id)
       order by e.xact, e.id limit ?`,
      [from, to, SEALED_AT_ONCE],
    );
  }

  /** Rows from before rows were marked come first, and only then is a row without a mark believed. */
  async #onlyOldRowsUpTo({ position }: LockedHead): Promise<boolean> {
    if (position === 0) return true;
    const [last] = await sql<{ origin: Origin }>(this.#em, 'select origin from audit_links where position = ?', [
      position,
    ]);
    return last?.origin === 'before';
  }

  #chained(head: LockedHead, records: readonly AuditRecord[], onlyOldRows: boolean) {
    let { position, hash } = head;
    let mayBeOld = onlyOldRows;
    const links = records.map((record) => {
      const origin = this.#originOf(record, mayBeOld && record.xact === head.begunIn);
      mayBeOld &&= origin === 'before';
      position += 1;
      const link: Link = { position, eventId: record.id, origin, eventHash: eventHash(record) };
      hash = linkHash(link, hash);
      return { ...link, hash };
    });
    return { links, hash };
  }

  #originOf(record: AuditRecord, mayBeOld: boolean): Origin {
    if (record.mac === null && mayBeOld) return 'before';
    return this.#mac.isOurs(record) ? 'ours' : 'foreign';
  }

  async #write(links: readonly (Link & { readonly hash: string })[]): Promise<void> {
    await sql(
      this.#em,
      `insert into audit_links (position, event_id, origin, event_hash, hash)
       select position, event_id, origin, decode(event_hash, 'hex'), decode(hash, 'hex')
       from unnest(?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::text[])
         as l (position, event_id, origin, event_hash, hash)`,
      [
        links.map(({ position }) => position),
        links.map(({ eventId }) => eventId),
        links.map(({ origin }) => origin),
        links.map((link) => link.eventHash),
        links.map(({ hash }) => hash),
      ],
    );
  }
}

interface Window {
  readonly from: string;
  readonly to: string;
  /** The oldest transaction that may still commit. */
  readonly running: string;
  readonly restored: boolean;
}

const XACT_MAX = '18446744073709551615';

/** Up to there every row is in the chain: no further than the oldest that runs, and than the last row that was taken. */
function settledThrough(head: LockedHead, window: Window, records: readonly AuditRecord[]): string {
  const last = records.at(-1);
  if (!last || records.length < SEALED_AT_ONCE) return window.running;
  if (window.restored) return head.settledThrough;
  return BigInt(last.xact) < BigInt(window.running) ? last.xact : window.running;
}
