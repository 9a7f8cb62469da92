import { type AuditRecord, eventHash } from './audit-record.ts';
import { GENESIS_HASH, type Link, linkHash } from './chain.ts';
import type { AuditFaultView } from './contract.ts';
import type { AuditFault } from './statuses.ts';

/** A link as the table holds it, and the row it is about, where that is there. */
export interface ChainedRow {
  readonly link: Link & { readonly hash: string };
  readonly record: AuditRecord | null;
}

/** Goes along the chain and counts what is not as it was written. Goes on behind a fault: what follows may be sound. */
export class ChainCheck {
  #position: number;
  /** Null behind a gap: what stood there is not known. */
  #previous: string | null;
  #faults = 0;
  #first: AuditFaultView | null = null;

  /** From the chain's beginning, or from behind a link that was looked at before. */
  constructor(
    behind: { readonly position: number; readonly hash: string | null } = { position: 0, hash: GENESIS_HASH },
  ) {
    this.#position = behind.position;
    this.#previous = behind.hash;
  }

  get position(): number {
    return this.#position;
  }

  get faults(): number {
    return this.#faults;
  }

  get first(): AuditFaultView | null {
    return this.#first;
  }

  step({ link, record }: ChainedRow): void {
    const { position } = link;
    this.missingUpTo(position - 1);
    const intact = this.#previous === null || linkHash(link, this.#previous) === link.hash;
    const fault = intact ? faultOfRow(link, record) : 'link_altered';
    if (fault) this.fault(fault, { position, eventId: link.eventId });
    this.#position = position;
    this.#previous = link.hash;
  }

  /** Nothing stands between the last step and here, this place included. */
  missingUpTo(position: number): void {
    const missing = position - this.#position;
    if (missing <= 0) return;
    this.fault('link_missing', { position: this.#position + 1 });
    this.#faults += missing - 1;
    this.#previous = null;
  }

  fault(fault: AuditFault, { position = null, eventId = null }: Partial<AuditFaultView> = {}): void {
    this.#faults += 1;
    this.#first = lower(this.#first, { fault, position, eventId });
  }
}

/** The one that stands lower in the chain; of two at one place the one that was found first. */
export function lower(found: AuditFaultView | null, next: AuditFaultView | null): AuditFaultView | null {
  if (!found || !next) return found ?? next;
  return next.position !== null && (found.position === null || next.position < found.position) ? next : found;
}

function faultOfRow(link: Link, record: AuditRecord | null): AuditFault | null {
  if (!record) return 'row_missing';
  if (eventHash(record) !== link.eventHash) return 'row_altered';
  return link.origin === 'foreign' ? 'row_foreign' : null;
}
