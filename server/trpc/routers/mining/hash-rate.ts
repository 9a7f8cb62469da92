import { hashRateInput, hashRateView } from '#server/mining/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const hashRate = readProcedure
  .input(hashRateInput)
  .output(hashRateView)
  .query(({ ctx }) => ctx.services.mining.keptHashRate());
