import { walletGetInput, walletView } from '#server/wallets/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const get = readProcedure
  .input(walletGetInput)
  .output(walletView)
  .query(({ ctx, input }) => ctx.services.wallets.get(input.id));
