import { dualStateView } from '#server/dual-control/contract.ts';
import { walletBookDepositInput } from '#server/wallets/contract.ts';
import { financeDecision } from '../../procedures.ts';

export const bookDeposit = financeDecision
  .input(walletBookDepositInput)
  .output(dualStateView)
  .mutation(({ ctx, input }) => ctx.services.companyDeposits.book(input, ctx.actor));
