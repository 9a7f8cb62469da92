import { apiKeyChangedView, apiKeyChangeInput } from '#server/operators/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const change = adminDecision
  .input(apiKeyChangeInput)
  .output(apiKeyChangedView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.apiKeys.change(input, ctx.actor);
    return { id: input.id };
  });
