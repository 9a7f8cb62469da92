import { operatorRef, operatorRefView } from '#server/operators/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const disable = adminDecision
  .input(operatorRef)
  .output(operatorRefView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.team.disable(input.id, ctx.actor);
    return input;
  });
