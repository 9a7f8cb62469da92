import { apiKeyRotatedView, apiKeyRotateInput } from '#server/operators/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const rotate = adminDecision
  .input(apiKeyRotateInput)
  .output(apiKeyRotatedView)
  .mutation(({ ctx, input }) => ctx.services.apiKeys.rotate(input, ctx.actor));
