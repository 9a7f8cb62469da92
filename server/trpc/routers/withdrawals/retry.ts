import { withdrawalRetryInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { financeChange } from '../../procedures.ts';

export const retry = financeChange
  .input(withdrawalRetryInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.services.withdrawalCorrections.retry(input.id, ctx.actor));
