import { collectInput, collectView } from '#server/mining/contract.ts';
import { financeChange } from '../../procedures.ts';

export const collect = financeChange
  .input(collectInput)
  .output(collectView)
  .mutation(async ({ ctx, input }) => ({ jobId: await ctx.services.miningCollector.order(input, ctx.actor) }));
