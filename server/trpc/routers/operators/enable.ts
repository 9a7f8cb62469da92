import { operatorRef, operatorRefView } from '#server/operators/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const enable = adminDecision
  .input(operatorRef)
  .output(operatorRefView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.team.enable(input.id, ctx.actor);
    return input;
  });
