import { apiKeyRevokedView, apiKeyRevokeInput } from '#server/operators/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const revoke = adminDecision
  .input(apiKeyRevokeInput)
  .output(apiKeyRevokedView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.apiKeys.revoke(input.id, ctx.actor);
    return { id: input.id };
  });
