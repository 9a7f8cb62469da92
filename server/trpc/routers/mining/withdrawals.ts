import { miningWithdrawalPage, miningWithdrawalsInput } from '#server/mining/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const withdrawals = readProcedure
  .input(miningWithdrawalsInput)
  .output(miningWithdrawalPage)
  .query(({ ctx, input }) => ctx.services.mining.withdrawals(input));
