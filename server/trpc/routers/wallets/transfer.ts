import { walletTransferInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { financeOrKeyOutside } from '../../procedures.ts';

export const transfer = financeOrKeyOutside('withdraw')
  .input(walletTransferInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.container.walletRequests.request('wallet_transfer', input, ctx.actor));
