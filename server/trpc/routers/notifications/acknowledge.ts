import { notificationChangedView, notificationInput } from '#server/notifications/contract.ts';
import { staffChange } from '../../procedures.ts';

export const acknowledge = staffChange
  .input(notificationInput)
  .output(notificationChangedView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.notificationCentre.acknowledge(input.id, ctx.actor);
    return { id: input.id };
  });
