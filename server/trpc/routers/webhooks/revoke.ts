import { webhookChangedView, webhookInput } from '#server/notifications/contract.ts';
import { adminChange } from '../../procedures.ts';

export const revoke = adminChange
  .input(webhookInput)
  .output(webhookChangedView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.webhooks.revoke(input.id, ctx.actor);
    return { id: input.id };
  });
