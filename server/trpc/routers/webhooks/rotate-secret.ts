import { webhookInput, webhookSecretView } from '#server/notifications/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const rotateSecret = adminDecision
  .input(webhookInput)
  .output(webhookSecretView)
  .mutation(({ ctx, input }) => ctx.services.webhooks.rotateSecret(input.id, ctx.actor));
