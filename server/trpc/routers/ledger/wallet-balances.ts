import { walletBalancesInput, walletBalancesView } from '#server/ledger/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const walletBalances = readProcedure
  .input(walletBalancesInput)
  .output(walletBalancesView)
  .query(({ ctx, input }) => ctx.services.statements.walletBalances(input));
