import { walletTransitInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { financeOrKeyOutside } from '../../procedures.ts';

export const transit = financeOrKeyOutside('withdraw')
  .input(walletTransitInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.container.walletRequests.request('wallet_transit', input, ctx.actor));
