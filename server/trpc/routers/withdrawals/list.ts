import { withdrawalListInput, withdrawalPage } from '#server/withdrawals/contract.ts';
import { fence } from '../../fence.ts';
import { readProcedure } from '../../procedures.ts';

export const list = readProcedure
  .input(withdrawalListInput)
  .output(fence(withdrawalPage))
  .query(({ ctx, input }) => ctx.services.withdrawalViews.list(input, ctx.actor));
