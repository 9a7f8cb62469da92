import { Amount } from '#server/kernel/amount.ts';

/** What accounts of one bucket hold together, in one asset. */
export interface BucketBalance {
  readonly asset: string;
  readonly bucket: string;
  readonly amount: Amount;
}

export interface RawBucket {
  readonly asset: string;
  readonly bucket: string;
  readonly amount: string;
}

export const toBucketBalance = ({ asset, bucket, amount }: RawBucket): BucketBalance => ({
  asset,
  bucket,
  amount: Amount.fromDecimal(asset, amount),
});

/** The buckets of each asset; one that is not there holds nothing. */
export function byAsset(balances: readonly BucketBalance[]): { asset: string; of(bucket: string): Amount }[] {
  const assets = new Map<string, Map<string, Amount>>();
  for (const { asset, bucket, amount } of balances) {
    assets.set(asset, (assets.get(asset) ?? new Map<string, Amount>()).set(bucket, amount));
  }
  return [...assets].map(([asset, buckets]) => ({ asset, of: (bucket) => buckets.get(bucket) ?? Amount.zero(asset) }));
}
