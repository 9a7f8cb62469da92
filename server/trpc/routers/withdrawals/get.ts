import { withdrawalGetInput, withdrawalView } from '#server/withdrawals/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const get = readProcedure
  .input(withdrawalGetInput)
  .output(withdrawalView)
  .query(({ ctx, input }) => ctx.services.withdrawalViews.get(input.id, ctx.actor));
