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
/** A token of the chain, by its contract. `scale` is the token's own decimals. */
export const assetRegisterInput = z.strictObject({
  symbol: z.string().regex(/^[A-Za-z0-9._-]{1,16}$/, 'must be 1 to 16 letters, digits, dots or dashes'),
  contract: z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'must be 0x and 40 hexadecimal digits'),
  scale: z.int().min(0).max(18),
});
export const assetListInput = z.strictObject({});
export const assetListView = z.object({ rows: z.array(assetView) });
export type AssetRegisterInput = z.infer<typeof assetRegisterInput>;
export type AssetView = z.infer<typeof assetView>;
