import { walletCreateInput, walletView } from '#server/wallets/contract.ts';
import { financeOrKeyOutside } from '../../procedures.ts';

export const create = financeOrKeyOutside('wallets')
  .input(walletCreateInput)
  .output(walletView)
  .mutation(({ ctx, input }) => ctx.container.walletCreation.createWallet(input, ctx.actor));
