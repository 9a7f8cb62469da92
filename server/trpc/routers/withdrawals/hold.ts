import { withdrawalHoldInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { supportChange } from '../../procedures.ts';

export const hold = supportChange
  .input(withdrawalHoldInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.services.withdrawalCorrections.hold(input, ctx.actor));
