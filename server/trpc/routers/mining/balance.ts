import { hashBalanceView, miningBalanceInput } from '#server/mining/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const balance = readProcedure
  .input(miningBalanceInput)
  .output(hashBalanceView)
  .query(({ ctx }) => ctx.services.mining.keptHashBalance());
