/** An account of the books. Together with an asset it names one line of them. */
export interface Account {
  readonly code: string;
  readonly bucket: string;
  readonly memberId: string | null;
}

export const MEMBER_BUCKETS = ['available', 'held', 'in_flight', 'payable'] as const;
export type MemberBucket = (typeof MEMBER_BUCKETS)[number];

/** What we owe a member: free, reserved, instructed, or arrived in the company account. Liabilities. */
export const memberAccount = (memberId: string, bucket: MemberBucket): Account => ({
  code: `user:${memberId}:${bucket}`,
  bucket,
  memberId,
});

const companyAccount = (code: string): Account => ({ code, bucket: code, memberId: null });

/** Coins at the pool. Asset. */
export const POOL = companyAccount('pool:hashdam');
/** Coins that reached the company account. Asset. */
export const COMPANY = companyAccount('company');
/** Mined and not yet credited to anybody; below zero while credits run ahead of the day's figures. Equity. */
export const UNDISTRIBUTED = companyAccount('undistributed');
/** What the pool keeps for a withdrawal. Expense. */
export const POOL_FEE = companyAccount('expense:pool_fee');
