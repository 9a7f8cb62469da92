import { webhookInput, webhookSecretView } from '#server/notifications/contract.ts';
import { adminChange } from '../../procedures.ts';

export const rotateSecret = adminChange
  .input(webhookInput)
  .output(webhookSecretView)
  .mutation(({ ctx, input }) => ctx.services.webhooks.rotateSecret(input.id, ctx.actor));
