import { colleagueInput, operatorRefView } from '#server/operators/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const enable = adminDecision
  .input(colleagueInput)
  .output(operatorRefView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.team.enable(input, ctx.actor);
    return { id: input.id };
  });
