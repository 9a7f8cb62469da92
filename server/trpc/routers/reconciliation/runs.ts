import { reconciliationRunPage, reconciliationRunsInput } from '#server/reconciliation/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const runs = operatorReadProcedure
  .input(reconciliationRunsInput)
  .output(reconciliationRunPage)
  .query(({ ctx, input }) => ctx.services.differences.runs(input));
