import { transactionPage, walletTransactionsInput } from '#server/wallets/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const transactions = readProcedure
  .input(walletTransactionsInput)
  .output(transactionPage)
  .query(({ ctx, input }) => ctx.services.wallets.transactions(input));
