import { apiKeyCreatedView, apiKeyCreateInput } from '#server/operators/contract.ts';
import { adminChange } from '../../procedures.ts';

export const create = adminChange
  .input(apiKeyCreateInput)
  .output(apiKeyCreatedView)
  .mutation(({ ctx, input }) => ctx.services.apiKeys.create(input, ctx.actor));
