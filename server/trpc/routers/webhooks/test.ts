import { webhookChangedView, webhookInput } from '#server/notifications/contract.ts';
import { adminChange } from '../../procedures.ts';

export const test = adminChange
  .input(webhookInput)
  .output(webhookChangedView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.webhooks.test(input.id, ctx.actor);
    return { id: input.id };
  });
