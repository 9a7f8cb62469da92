import { differencePage, reconciliationDifferencesInput } from '#server/reconciliation/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const differences = operatorReadProcedure
  .input(reconciliationDifferencesInput)
  .output(differencePage)
  .query(({ ctx, input }) => ctx.services.differences.list(input));
