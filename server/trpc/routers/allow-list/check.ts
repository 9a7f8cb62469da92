import { allowListCheckInput, allowListCheckView } from '#server/risk/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const check = operatorReadProcedure
  .input(allowListCheckInput)
  .output(allowListCheckView)
  .query(({ ctx, input }) => ctx.services.allowList.check(input));
