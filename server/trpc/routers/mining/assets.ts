import { assetBalancesView, miningAssetsInput } from '#server/mining/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const assets = readProcedure
  .input(miningAssetsInput)
  .output(assetBalancesView)
  .query(({ ctx }) => ctx.services.mining.keptAssets());
