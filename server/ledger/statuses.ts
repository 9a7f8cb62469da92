/** Every way in which the books may move. The database knows the same list. */
export const POSTING_KINDS = [
  'COLLECT',
  'CREDIT',
  'REVERSE',
  'HOLD',
  'RELEASE',
  'DISPATCH',
  'RETURN',
  'SETTLE',
  'HANDOVER',
  'OBSERVE',
  'SHORT',
  'UNSHORT',
  'GAS',
  'GAS_TOPUP',
  'LATE',
  'ADOPT',
  'UNSETTLE',
  'UNLATE',
  'ADJUST',
  'WRITEOFF',
  'DEPOSIT',
] as const;
export type PostingKind = (typeof POSTING_KINDS)[number];

/** Accounts of the company that two people may put right by hand. */
export const ADJUSTABLE_ACCOUNTS = [
  'pool:hashdam',
  'company',
  'undistributed',
  'receivable:pool',
  'expense:pool_fee',
  'expense:gas',
  'chain:fee',
  'loss',
  'suspense:hashdam',
  'suspense:mblock',
] as const;
