import { webhookDeliveriesInput, webhookDeliveriesPage } from '#server/notifications/contract.ts';
import { fence } from '../../fence.ts';
import { adminReadProcedure } from '../../procedures.ts';

export const deliveries = adminReadProcedure
  .input(webhookDeliveriesInput)
  .output(fence(webhookDeliveriesPage))
  .query(({ ctx, input }) => ctx.services.webhooks.deliveries(input));
