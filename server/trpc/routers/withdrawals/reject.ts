import { withdrawalRejectInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { financeChange } from '../../procedures.ts';

export const reject = financeChange
  .input(withdrawalRejectInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.services.withdrawals.reject(input, ctx.actor));
