import type { AssetView } from '#server/assets/contract.ts';
import { ADJUSTABLE_ACCOUNTS } from '#server/ledger/statuses.ts';
import type { AdjustInput } from '#server/resolution/contract.ts';

export type Adjustment = Pick<AdjustInput, 'asset' | 'amount' | 'debit' | 'credit'>;
export type NamedAccount = AdjustInput['debit'];
/** What an account is called, whoever's it is. */
export type AccountName = NamedAccount['account'];

const MEMBER_ACCOUNTS = ['available', 'receivable'] as const;
const OF_COINS_AT_THE_POOL: readonly AccountName[] = [
  ...(['pool:hashdam', 'undistributed', 'expense:pool_fee', 'suspense:hashdam', 'available'] as const),
];
const OF_ASSETS_ON_CHAIN: readonly AccountName[] = ['chain:fee', 'expense:gas', 'suspense:mblock'];
/** Where a debit takes away: what is owed to somebody, or not given to anybody yet. */
const CREDIT_SIDE: readonly AccountName[] = ['available', 'undistributed'];

/** The accounts that two people may put right in this asset: those of the other family are refused by the books. */
export function accountsOf(chain: AssetView['chain']): readonly AccountName[] {
  const others = chain === 'hashdam' ? OF_ASSETS_ON_CHAIN : OF_COINS_AT_THE_POOL;
  return [...MEMBER_ACCOUNTS, ...ADJUSTABLE_ACCOUNTS].filter((account) => !others.includes(account));
}

export const isOfMember = (account: string): account is (typeof MEMBER_ACCOUNTS)[number] =>
  MEMBER_ACCOUNTS.some((each) => each === account);

export const isOfCompany = (account: string): account is (typeof ADJUSTABLE_ACCOUNTS)[number] =>
  ADJUSTABLE_ACCOUNTS.some((each) => each === account);

/** Whether the figure that stands there becomes larger by it. */
export const grows = (account: AccountName, side: 'debit' | 'credit'): boolean =>
  CREDIT_SIDE.includes(account) === (side === 'credit');
