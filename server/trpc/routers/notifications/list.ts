import { notificationListInput, notificationPage } from '#server/notifications/contract.ts';
import { fence } from '../../fence.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const list = operatorReadProcedure
  .input(notificationListInput)
  .output(fence(notificationPage))
  .query(({ ctx, input }) => ctx.services.notificationCentre.list(input, ctx.actor));
