import { withdrawalCancelInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { financeOrKeyChange } from '../../procedures.ts';

export const cancel = financeOrKeyChange('withdraw')
  .input(withdrawalCancelInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.services.withdrawals.cancel(input.id, ctx.actor));
