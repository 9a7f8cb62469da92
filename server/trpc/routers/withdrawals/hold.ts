import { withdrawalHoldInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { staffChange } from '../../procedures.ts';

export const hold = staffChange
  .input(withdrawalHoldInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.services.withdrawalCorrections.hold(input, ctx.actor));
