import { webhookListInput, webhookListView } from '#server/notifications/contract.ts';
import { adminReadProcedure } from '../../procedures.ts';

export const list = adminReadProcedure
  .input(webhookListInput)
  .output(webhookListView)
  .query(async ({ ctx }) => ({ rows: await ctx.services.webhooks.list() }));
