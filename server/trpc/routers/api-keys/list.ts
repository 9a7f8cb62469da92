import { apiKeyListInput, apiKeyListView } from '#server/operators/contract.ts';
import { adminReadProcedure } from '../../procedures.ts';

export const list = adminReadProcedure
  .input(apiKeyListInput)
  .output(apiKeyListView)
  .query(async ({ ctx }) => ({ rows: await ctx.services.apiKeys.list() }));
