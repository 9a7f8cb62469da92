import { withdrawalApproveInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { financeDecision } from '../../procedures.ts';

export const approve = financeDecision
  .input(withdrawalApproveInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.services.withdrawals.approve(input, ctx.actor));
