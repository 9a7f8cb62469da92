import { balancesInput, balancesView } from '#server/ledger/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const balances = readProcedure
  .input(balancesInput)
  .output(balancesView)
  .query(({ ctx, input }) => ctx.services.statements.balances(input));
