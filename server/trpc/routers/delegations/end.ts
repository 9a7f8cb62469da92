import { delegationEndInput, delegationRefView } from '#server/delegations/contract.ts';
import { financeChange } from '../../procedures.ts';

/** Without a second factor: it takes a right away, and that should be quick. */
export const end = financeChange
  .input(delegationEndInput)
  .output(delegationRefView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.delegations.end(input.id, ctx.actor);
    return { id: input.id };
  });
