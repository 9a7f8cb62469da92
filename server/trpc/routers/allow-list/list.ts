import { allowListListInput, allowListPage } from '#server/risk/contract.ts';
import { fence } from '../../fence.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const list = operatorReadProcedure
  .input(allowListListInput)
  .output(fence(allowListPage))
  .query(({ ctx, input }) => ctx.services.allowList.list(input));
