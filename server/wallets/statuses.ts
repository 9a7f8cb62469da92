/** `creating`: asked of the provider, no answer kept yet. `paused`: people must look before it is used. */
export const WALLET_STATUSES = ['creating', 'active', 'paused'] as const;
export type WalletStatus = (typeof WALLET_STATUSES)[number];

/** The provider moves nothing out of this wallet before its key is changed. */
export const needsNewKey = (wallet: { status: WalletStatus; pauseReason: string | null }): boolean =>
  wallet.status === 'paused' && wallet.pauseReason === 'wallet_expired';

export const TRANSACTION_KINDS = ['transfer', 'transit'] as const;
export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

/** The provider's side of one attempt, in the words of the platform's own documents. */
export const TRANSACTION_STATUSES = [
  'pending',
  'submitted',
  'pending-transit',
  'retrying',
  'failed',
  'manual-review',
  'confirmed',
] as const;
export type TransactionStatus = (typeof TRANSACTION_STATUSES)[number];

/** `unknown`: the answer was lost and the old key may be dead. `lost`: it is dead, and nobody has the new one. */
export const ROTATION_STATUSES = ['dispatching', 'unknown', 'rotated', 'not_rotated', 'lost'] as const;
export type RotationStatus = (typeof ROTATION_STATUSES)[number];
