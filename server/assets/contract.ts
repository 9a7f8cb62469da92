import { z } from 'zod';

/** `contract` is null for the pool's coins and for BNB itself; `scale` is how many decimals may leave. */
export const assetView = z.object({
  asset: z.string(),
  chain: z.enum(['hashdam', 'bsc']),
  contract: z.string().nullable(),
  symbol: z.string(),
  scale: z.int(),
  enabled: z.boolean(),
});
export const assetListInput = z.strictObject({});
export const assetListView = z.object({ rows: z.array(assetView) });
export type AssetView = z.infer<typeof assetView>;
