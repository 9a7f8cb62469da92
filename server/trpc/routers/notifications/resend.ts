import { notificationChangedView, notificationInput } from '#server/notifications/contract.ts';
import { financeChange } from '../../procedures.ts';

export const resend = financeChange
  .input(notificationInput)
  .output(notificationChangedView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.notificationCentre.resend(input.id, ctx.actor);
    return { id: input.id };
  });
