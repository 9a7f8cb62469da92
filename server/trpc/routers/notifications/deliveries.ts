import { deliveriesView, notificationInput } from '#server/notifications/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const deliveries = operatorReadProcedure
  .input(notificationInput)
  .output(deliveriesView)
  .query(async ({ ctx, input }) => ({ rows: await ctx.services.notificationCentre.deliveries(input.id) }));
