import { webhookCreateInput, webhookSecretView } from '#server/notifications/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const create = adminDecision
  .input(webhookCreateInput)
  .output(webhookSecretView)
  .mutation(({ ctx, input }) => ctx.services.webhooks.create(input, ctx.actor));
