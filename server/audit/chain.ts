import { hash } from 'node:crypto';

/** Whose a row is: written by us, there before rows were marked, or written by somebody else. */
export const ORIGINS = ['ours', 'before', 'foreign'] as const;
export type Origin = (typeof ORIGINS)[number];

export interface Link {
  readonly position: number;
  readonly eventId: string;
  readonly origin: Origin;
  readonly eventHash: string;
}

/** What the first link follows. */
export const GENESIS_HASH = '0'.repeat(64);

/** SHA-256 in hex over a link and the one before it: no row can be changed without changing every hash after it. */
export const linkHash = ({ position, eventId, origin, eventHash }: Link, previous: string): string =>
  hash('sha256', ['countersign-audit-link-v1', position, previous, eventId, origin, eventHash].join('\n'), 'hex');

/** How far the chain reached at a moment. */
export interface Head {
  readonly position: number;
  readonly hash: string;
  readonly at: string;
}

export interface SignedHead extends Head {
  readonly keyId: string;
  /** Ed25519 in base64. */
  readonly signature: string;
}

/** The bytes that are signed. */
export const headText = ({ position, hash: reached, at }: Head): string =>
  ['countersign-audit-head-v1', position, reached, at].join('\n');
