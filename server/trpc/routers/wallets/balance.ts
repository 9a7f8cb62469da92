import { walletBalanceInput, walletBalanceView } from '#server/wallets/contract.ts';
import { readProcedure } from '../../procedures.ts';

/** Asks the chain while the caller waits; its session has no transaction. */
export const balance = readProcedure
  .input(walletBalanceInput)
  .output(walletBalanceView)
  .query(({ ctx, input }) => ctx.services.wallets.balance(input));
