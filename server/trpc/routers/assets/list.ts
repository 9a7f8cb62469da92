import { assetListInput, assetListView } from '#server/assets/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const list = readProcedure
  .input(assetListInput)
  .output(assetListView)
  .query(async ({ ctx }) => ({ rows: await ctx.services.assets.list() }));
