import { withdrawalReleaseInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { staffChange } from '../../procedures.ts';

export const release = staffChange
  .input(withdrawalReleaseInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.services.withdrawalCorrections.release(input.id, ctx.actor));
