import { secondFactorResetInput, secondFactorResetView } from '#server/operators/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const resetSecondFactor = adminDecision
  .input(secondFactorResetInput)
  .output(secondFactorResetView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.team.resetSecondFactor(input.id, ctx.actor);
    return { id: input.id };
  });
