import { apiKeyCreatedView, apiKeyCreateInput } from '#server/operators/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const create = adminDecision
  .input(apiKeyCreateInput)
  .output(apiKeyCreatedView)
  .mutation(({ ctx, input }) => ctx.services.apiKeys.create(input, ctx.actor));
