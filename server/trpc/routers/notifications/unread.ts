import { unreadInput, unreadView } from '#server/notifications/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const unread = operatorReadProcedure
  .input(unreadInput)
  .output(unreadView)
  .query(({ ctx }) => ctx.services.notificationCentre.unread(ctx.actor));
