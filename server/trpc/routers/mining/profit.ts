import { profitInput, profitView } from '#server/mining/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const profit = readProcedure
  .input(profitInput)
  .output(profitView)
  .query(({ ctx, input }) => ctx.services.mining.keptProfit(input.days));
