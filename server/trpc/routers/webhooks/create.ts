import { webhookCreateInput, webhookSecretView } from '#server/notifications/contract.ts';
import { adminChange } from '../../procedures.ts';

export const create = adminChange
  .input(webhookCreateInput)
  .output(webhookSecretView)
  .mutation(({ ctx, input }) => ctx.services.webhooks.create(input, ctx.actor));
