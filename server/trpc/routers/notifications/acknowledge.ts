import { notificationChangedView, notificationInput } from '#server/notifications/contract.ts';
import { operatorChange } from '../../procedures.ts';

export const acknowledge = operatorChange
  .input(notificationInput)
  .output(notificationChangedView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.notificationCentre.acknowledge(input.id, ctx.actor);
    return { id: input.id };
  });
