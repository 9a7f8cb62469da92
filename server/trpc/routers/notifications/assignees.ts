import { assigneesInput, assigneesView } from '#server/notifications/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const assignees = operatorReadProcedure
  .input(assigneesInput)
  .output(assigneesView)
  .query(async ({ ctx }) => ({ rows: await ctx.services.notificationCentre.assignees() }));
