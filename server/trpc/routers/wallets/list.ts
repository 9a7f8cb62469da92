import { walletListInput, walletPage } from '#server/wallets/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const list = readProcedure
  .input(walletListInput)
  .output(walletPage)
  .query(({ ctx, input }) => ctx.services.wallets.list(input));
