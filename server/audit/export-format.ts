import { hash } from 'node:crypto';
import type { AuditRecord } from './audit-record.ts';
import { RECORD_FIELDS } from './audit-record.ts';
import type { Origin, SignedHead } from './chain.ts';
import type { AuditFilter } from './contract.ts';

/**
 * A signed export is a file of lines: for each part an envelope, then its rows. It can be checked without the database by
 * whoever knows the public key, so nothing but Node is needed here.
 */
export const EXPORT_FORMAT = 'countersign-audit-export-v1';

const PROVES =
  'These rows and no others were in the record for this filter when it was read, newest first. ' +
  'Each part begins where the one before it ended, and the last one says that nothing follows.';

/** What is signed of one part. */
export interface ExportManifest {
  readonly format: typeof EXPORT_FORMAT;
  readonly proves: string;
  readonly exportId: string;
  /** Counted from 1. */
  readonly part: number;
  readonly exportedBy: string;
  readonly exportedAt: string;
  readonly filter: AuditFilter;
  /** Cursors: where this part begins, and where the next one does. Null: at the newest row, and after the last one. */
  readonly begins: string | null;
  readonly next: string | null;
  readonly rows: number;
  /** Over the hashes of all rows, in their order. */
  readonly digest: string;
  /** Of the manifest of the part before. */
  readonly previous: string | null;
  /** Where the chain ended when this was read. */
  readonly head: Omit<SignedHead, 'keyId' | 'signature'>;
}

export interface ExportEnvelope {
  /** The manifest's very bytes. */
  readonly manifest: string;
  readonly keyId: string;
  readonly signature: string;
  /** One for each row that follows. */
  readonly hashes: readonly string[];
}

/** A row's place in the chain, and the hash that it follows there. */
export interface ExportedLink {
  readonly position: number;
  readonly previous: string;
  readonly origin: Origin;
  readonly hash: string;
}

export type ManifestFacts = Omit<ExportManifest, 'format' | 'proves'>;
export const manifestText = (facts: ManifestFacts): string =>
  JSON.stringify({ format: EXPORT_FORMAT, proves: PROVES, ...facts } satisfies ExportManifest);

/** The bytes that are signed: they begin with the form's name, as no head of the chain does. */
export const signedText = (manifest: string): string => `${EXPORT_FORMAT}\n${manifest}`;

export const textHash = (text: string): string => hash('sha256', text, 'hex');
export const digestOf = (hashes: readonly string[]): string => textHash(hashes.join('\n'));

/** A row as one line: its columns in the order in which the chain hashes them, then its link. */
export const rowLine = (record: AuditRecord, link: ExportedLink | null): string =>
  JSON.stringify([
    RECORD_FIELDS.map((field) => record[field]),
    link && [link.position, link.previous, link.origin, link.hash],
  ]);

/** Throws for what is no such line. */
export function parseRow(line: string): { record: AuditRecord; link: ExportedLink | null } {
  const [columns, link] = JSON.parse(line);
  const record = Object.fromEntries(RECORD_FIELDS.map((field, at) => [field, columns[at]])) as unknown as AuditRecord;
  if (link === null) return { record, link };
  const [position, previous, origin, reached] = link;
  return { record, link: { position, previous, origin, hash: reached } };
}
