import { withdrawalEditInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { financeChange } from '../../procedures.ts';

export const edit = financeChange
  .input(withdrawalEditInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.services.withdrawalCorrections.edit(input, ctx.actor));
