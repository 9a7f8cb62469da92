import { allowListRulesInput, allowListRulesView } from '#server/risk/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const rules = operatorReadProcedure
  .input(allowListRulesInput)
  .output(allowListRulesView)
  .query(({ ctx }) => ctx.services.allowList.rules());
