import { webhookChangedView, webhookInput } from '#server/notifications/contract.ts';
import { adminChange } from '../../procedures.ts';

export const resend = adminChange
  .input(webhookInput)
  .output(webhookChangedView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.notificationCentre.resend(input.id, ctx.actor);
    return { id: input.id };
  });
