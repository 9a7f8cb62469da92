/** An account of the books. Together with an asset it names one line of them. */
export interface Account {
  readonly code: string;
  readonly bucket: string;
  readonly memberId: string | null;
  readonly walletId: string | null;
}

/**
 * Two families that never meet in one asset. A pool coin's books are the truth about who owns what; a wallet's books
 * follow what the chain proves. The database refuses an account of one family in an asset of the other.
 */
export const MEMBER_BUCKETS = ['available', 'held', 'in_flight', 'payable'] as const;
export type MemberBucket = (typeof MEMBER_BUCKETS)[number];
/** What is on chain in a wallet is never `payable`: it is either there, or it has left. */
export type WalletBucket = Exclude<MemberBucket, 'payable'>;

/** What we owe a member: free, reserved, instructed, or arrived in the company account. Liabilities. */
export const memberAccount = (memberId: string, bucket: MemberBucket): Account => ({
  code: `user:${memberId}:${bucket}`,
  bucket,
  memberId,
  walletId: null,
});

/** The same for what is on chain in a wallet and belongs to its owner. Liabilities. */
export const walletAccount = (walletId: string, bucket: WalletBucket): Account =>
  ofWallet(walletId, `wallet:${walletId}:${bucket}`, `wallet:${bucket}`);

/** What was last proven to be on chain in a wallet. Asset. */
export const chainAccount = (walletId: string): Account => ofWallet(walletId, `chain:${walletId}`, 'chain');
/** BNB that the company put into a wallet as gas, not its owner's. Liability. */
export const gasAccount = (walletId: string): Account => ofWallet(walletId, `gas:${walletId}`, 'gas');

/** What a member owes us: a credit was taken back after they had spent it. Asset. */
export const receivableAccount = (memberId: string): Account => ({
  code: `receivable:user:${memberId}`,
  bucket: 'receivable',
  memberId,
  walletId: null,
});

const ofWallet = (walletId: string, code: string, bucket: string): Account => ({
  code,
  bucket,
  memberId: null,
  walletId,
});
export const companyAccount = (code: string): Account => ({ code, bucket: code, memberId: null, walletId: null });

/** Coins at the pool. Asset. */
export const POOL = companyAccount('pool:hashdam');
/** Coins that reached the company account. Asset. */
export const COMPANY = companyAccount('company');
/** Mined and not yet credited to anybody; below zero while credits run ahead of the day's figures. Equity. */
export const UNDISTRIBUTED = companyAccount('undistributed');
/** What the pool keeps for a withdrawal. Expense. */
export const POOL_FEE = companyAccount('expense:pool_fee');
/** What the pool took back from us and does not show. Asset. */
export const RECEIVABLE_POOL = companyAccount('receivable:pool');
/** The wallet that pays the gas of transits. Asset. */
export const FEE_WALLET = companyAccount('chain:fee');
/** Gas that the company bears. Expense. */
export const GAS_EXPENSE = companyAccount('expense:gas');
/** What two people wrote off. Expense. */
export const LOSS = companyAccount('loss');
/** What open incidents of wallets have not explained yet. */
export const SUSPENSE_WALLETS = companyAccount('suspense:mblock');

/** Whether the database keeps this account's balance and never lets it fall below zero. All others are sums. */
export const isGuarded = ({ code }: Account): boolean => code.startsWith('user:') || code.startsWith('wallet:');
