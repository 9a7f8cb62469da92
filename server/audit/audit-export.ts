import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { canonicalJson, type Json } from '#server/kernel/canonical-json.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import { fromCursor, toCursor } from '#server/kernel/keyset.ts';
import { conditionOf, visibleTo } from './audit-filter.ts';
import type { AuditHead } from './audit-head.ts';
import type { AuditLog } from './audit-log.ts';
import { type AuditRecord, RECORD_COLUMNS } from './audit-record.ts';
import type { AuditTrail } from './audit-trail.ts';
import { GENESIS_HASH, type Origin } from './chain.ts';
import {
  type AuditExportInput,
  type AuditExportPart,
  type AuditFilter,
  type AuditSignedExportInput,
  type AuditSignedExportPart,
  EXPORT_ROWS,
} from './contract.ts';
import {
  digestOf,
  type ExportEnvelope,
  type ExportManifest,
  manifestText,
  rowLine,
  signedText,
  textHash,
} from './export-format.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Gives the record out part by part. Each part that is given out is a row of the record itself. */
export class AuditExport {
  readonly #em: EntityManager;
  readonly #log: AuditLog;
  readonly #head: AuditHead;
  readonly #keys: SigningKeys;
  readonly #audit: AuditTrail;
  readonly #clock: Clock;

  constructor(deps: {
    em: EntityManager;
    log: AuditLog;
    head: AuditHead;
    keys: SigningKeys;
    audit: AuditTrail;
    clock: Clock;
  }) {
    this.#em = deps.em;
    this.#log = deps.log;
    this.#head = deps.head;
    this.#keys = deps.keys;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
  }

  /** Rows as they are read on the screen. */
  async rows({ filter, cursor }: AuditExportInput, by: ActingParty): Promise<AuditExportPart> {
    const visible = visibleTo(by, filter);
    const part = await this.#log.page(visible, cursor, EXPORT_ROWS);
    this.#record(by, { kind: 'csv', rows: part.rows.length, filter: visible });
    return part;
  }

  /**
   * Rows with their very bytes and their links, signed. What comes next stands in the signed part before, so nobody can
   * leave a part out or go on somewhere else. Throws `audit.unsigned` where there is no key.
   */
  async signed({ filter, after }: AuditSignedExportInput, by: ActingParty): Promise<AuditSignedExportPart> {
    const before = after && this.#ownManifest(after, by);
    const visible = visibleTo(by, filter);
    if (before && canonicalJson({ ...before.filter }) !== canonicalJson({ ...visible }))
      throw new DomainError('input.invalid', 'this is not the filter that the export began with');
    const { lines, next } = await this.#rows(visible, before?.next ?? null);
    const hashes = lines.map(textHash);
    const { position, hash, at } = await this.#head.read();
    const manifest = manifestText({
      exportId: before?.exportId ?? newId(),
      part: (before?.part ?? 0) + 1,
      exportedBy: by.id,
      exportedAt: this.#clock.now().toISOString(),
      filter: visible,
      begins: before?.next ?? null,
      next,
      rows: lines.length,
      digest: digestOf(hashes),
      previous: after && textHash(after.manifest),
      head: { position, hash, at },
    });
    const signature = this.#keys.signText(signedText(manifest));
    if (!signature) throw new DomainError('audit.unsigned', 'no key signs the record: AUDIT_SIGNING_KEYS is not set');
    this.#record(by, { kind: 'signed', rows: lines.length, filter: visible });
    const envelope: ExportEnvelope = { manifest, ...signature, hashes };
    return {
      lines: [JSON.stringify(envelope), ...lines],
      rows: lines.length,
      after: next === null ? null : { manifest, ...signature },
    };
  }

  /** Throws `input.invalid` for what we have not signed, what was somebody else's, and what nothing follows. */
  #ownManifest({ manifest, ...signature }: NonNullable<AuditSignedExportInput['after']>, by: ActingParty) {
    const said: ExportManifest | null = this.#keys.hasSignedText(signedText(manifest), signature)
      ? JSON.parse(manifest)
      : null;
    if (said?.exportedBy !== by.id || said.next === null)
      throw new DomainError('input.invalid', 'this is no part of an export of yours that goes on');
    return said;
  }

  async #rows(filter: AuditFilter, cursor: string | null): Promise<{ lines: string[]; next: string | null }> {
    const from = fromCursor(cursor);
    const { text, bound } = conditionOf(filter);
    const beyond = from ? '(e.at, e.id) < (?::timestamptz, ?::uuid)' : 'true';
    const raw = await sql<RawRow>(
      this.#em,
      `with page as materialized (
         select e.* from audit_events e where ${text} and ${beyond} order by e.at desc, e.id desc limit ?
       )
       select ${RECORD_COLUMNS}, l.position::text as "linkPosition", l.origin as "linkOrigin",
         encode(l.hash, 'hex') as "linkHash", encode(p.hash, 'hex') as "linkPrevious"
       from page e left join audit_links l on l.event_id = e.id left join audit_links p on p.position = l.position - 1
       order by e.at desc, e.id desc`,
      [...bound, ...(from ? [from.at, from.id] : []), EXPORT_ROWS + 1],
    );
    const shown = raw.slice(0, EXPORT_ROWS);
    const last = shown.at(-1);
    return { lines: shown.map(lineOf), next: raw.length > EXPORT_ROWS && last ? toCursor(last) : null };
  }

  #record(by: ActingParty, after: { kind: 'csv' | 'signed'; rows: number; filter: AuditFilter }): void {
    this.#audit.record({
      action: 'audit.exported',
      subject: { type: 'audit', id: 'record' },
      by,
      after: { ...after, filter: { ...after.filter } satisfies Json },
    });
  }
}

type RawRow = AuditRecord & {
  readonly linkPosition: string | null;
  readonly linkOrigin: Origin | null;
  readonly linkHash: string | null;
  readonly linkPrevious: string | null;
};

function lineOf({ linkPosition, linkOrigin, linkHash, linkPrevious, ...record }: RawRow): string {
  if (linkPosition === null || linkOrigin === null || linkHash === null) return rowLine(record, null);
  const position = Number.parseInt(linkPosition, 10);
  return rowLine(record, { position, origin: linkOrigin, hash: linkHash, previous: linkPrevious ?? GENESIS_HASH });
}
