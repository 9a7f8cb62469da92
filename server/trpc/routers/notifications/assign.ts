import { assignInput, notificationChangedView } from '#server/notifications/contract.ts';
import { staffChange } from '../../procedures.ts';

export const assign = staffChange
  .input(assignInput)
  .output(notificationChangedView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.notificationCentre.assign(input, ctx.actor);
    return { id: input.id };
  });
