import { createPublicKey, hash, verify } from 'node:crypto';
import { eventHash } from './audit-record.ts';
import { linkHash } from './chain.ts';
import { digestOf, type ExportEnvelope, type ExportManifest, parseRow, signedText, textHash } from './export-format.ts';

/** What can be wrong with a signed export. */
export type ExportFault =
  | 'unreadable'
  | 'key_unknown'
  | 'signature_wrong'
  | 'part_missing'
  | 'part_of_another_export'
  | 'row_list_altered'
  | 'row_missing'
  | 'row_altered'
  | 'row_added'
  /** Its signature is right, but the row is not the one that was taken into the chain: the record itself was altered. */
  | 'row_not_in_chain_as_it_is'
  /** Somebody else than Countersign had put it into the record. */
  | 'row_foreign'
  | 'end_missing';

export interface ExportVerdict {
  /** The first that was found; null: sound. */
  readonly fault: { readonly fault: ExportFault; readonly line: number; readonly eventId: string | null } | null;
  /** Of the first part; null where not even that can be believed. */
  readonly manifest: ExportManifest | null;
  readonly parts: number;
  readonly rows: number;
  /** Rows that were exported before the sealer had taken them in: the signature alone speaks for them. */
  readonly unchained: number;
}

const KEY_PREFIX = /^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$/;

/** Whether this text is an Ed25519 public key as `/audit` shows it. */
export const isPublicKey = (text: string): boolean => KEY_PREFIX.test(text);

/**
 * Reads an export line by line, without a database and holding one part's hashes at a time. The key must come from
 * elsewhere than the file: whoever writes a file can also sign it with a key of their own.
 */
export class ExportCheck {
  readonly #key: ReturnType<typeof createPublicKey>;
  readonly #keyId: string;
  #line = 0;
  #first: ExportManifest | null = null;
  #part: { readonly manifest: ExportManifest; readonly text: string; readonly hashes: readonly string[] } | null = null;
  #rowsOfPart = 0;
  #rows = 0;
  #unchained = 0;
  #found: Found | null = null;

  constructor(spki: string) {
    const der = Buffer.from(spki, 'base64');
    this.#key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    this.#keyId = hash('sha256', der, 'hex').slice(0, KEY_ID_CHARS);
  }

  /** False once something was found: what follows is not looked at. */
  step(line: string): boolean {
    this.#line += 1;
    this.#found = line.startsWith('[') ? this.#row(line) : this.#envelope(line);
    return this.#found === null;
  }

  end(): ExportVerdict {
    const manifest = this.#part?.manifest;
    const line = this.#found ? this.#line : this.#line + 1;
    const found = this.#found ?? (this.#isPartWhole() ? null : bare('row_missing'));
    const fault = found ?? (manifest?.next === null ? null : bare('end_missing'));
    return {
      fault: fault && { ...fault, line },
      manifest: this.#first,
      parts: manifest?.part ?? 0,
      rows: this.#rows,
      unchained: this.#unchained,
    };
  }

  #isPartWhole(): boolean {
    return this.#rowsOfPart === (this.#part?.hashes.length ?? 0);
  }

  #envelope(line: string): Found | null {
    if (!this.#isPartWhole()) return bare('row_missing');
    const envelope = envelopeOf(line);
    if (!envelope) return bare('unreadable');
    const { manifest: text, keyId, signature, hashes } = envelope;
    if (keyId !== this.#keyId) return bare('key_unknown');
    if (!verify(null, Buffer.from(signedText(text)), this.#key, Buffer.from(signature, 'base64')))
      return bare('signature_wrong');
    // What a key of ours has signed in this form is as we write it.
    const manifest: ExportManifest = JSON.parse(text);
    const fault = this.#faultOfPlace(manifest);
    if (fault) return bare(fault);
    if (hashes.length !== manifest.rows || digestOf(hashes) !== manifest.digest) return bare('row_list_altered');
    this.#first ??= manifest;
    this.#part = { manifest, text, hashes };
    this.#rowsOfPart = 0;
    return null;
  }

  /** Each part names its number, its export and the part before. */
  #faultOfPlace({ part, exportId, previous }: ExportManifest): ExportFault | null {
    const before = this.#part;
    if (before && before.manifest.exportId !== exportId) return 'part_of_another_export';
    if (part !== (before?.manifest.part ?? 0) + 1) return 'part_missing';
    return previous === (before && textHash(before.text)) ? null : 'part_of_another_export';
  }

  #row(line: string): Found | null {
    if (!this.#part) return bare('unreadable');
    const [expected, next] = this.#part.hashes.slice(this.#rowsOfPart, this.#rowsOfPart + 2);
    if (expected === undefined) return { fault: 'row_added', eventId: idOf(line) };
    const found = textHash(line);
    // The next one in its place: this one was taken out, and nothing else was touched.
    if (found === next) return bare('row_missing');
    if (found !== expected) return { fault: 'row_altered', eventId: idOf(line) };
    this.#rowsOfPart += 1;
    this.#rows += 1;
    return this.#faultOfChain(line);
  }

  #faultOfChain(line: string): Found | null {
    const { record, link } = parseRow(line);
    if (!link) {
      this.#unchained += 1;
      return null;
    }
    const { previous, hash: reached, ...rest } = link;
    const isAsChained = linkHash({ ...rest, eventId: record.id, eventHash: eventHash(record) }, previous) === reached;
    if (!isAsChained) return { fault: 'row_not_in_chain_as_it_is', eventId: record.id };
    return link.origin === 'foreign' ? { fault: 'row_foreign', eventId: record.id } : null;
  }
}

type Found = Pick<NonNullable<ExportVerdict['fault']>, 'fault' | 'eventId'>;
const bare = (fault: ExportFault): Found => ({ fault, eventId: null });

const KEY_ID_CHARS = 16;

function envelopeOf(line: string): ExportEnvelope | null {
  try {
    const { manifest, keyId, signature, hashes }: Partial<ExportEnvelope> = JSON.parse(line);
    const texts = [manifest, keyId, signature];
    if (texts.some((text) => typeof text !== 'string') || !Array.isArray(hashes)) return null;
    return { manifest, keyId, signature, hashes } as ExportEnvelope;
  } catch {
    return null;
  }
}

function idOf(line: string): string | null {
  try {
    const { id } = parseRow(line).record;
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}
