import { apiKeyRevokedView, apiKeyRevokeInput } from '#server/operators/contract.ts';
import { adminChange } from '../../procedures.ts';

export const revoke = adminChange
  .input(apiKeyRevokeInput)
  .output(apiKeyRevokedView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.apiKeys.revoke(input.id, ctx.actor);
    return { id: input.id };
  });
