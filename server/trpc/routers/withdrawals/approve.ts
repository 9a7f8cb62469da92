import { withdrawalApproveInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { financeChange } from '../../procedures.ts';

export const approve = financeChange
  .input(withdrawalApproveInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.services.withdrawals.approve(input, ctx.actor));
