import { withdrawalReleaseInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { supportChange } from '../../procedures.ts';

export const release = supportChange
  .input(withdrawalReleaseInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.services.withdrawalCorrections.release(input.id, ctx.actor));
