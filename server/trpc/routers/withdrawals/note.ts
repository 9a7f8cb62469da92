import { withdrawalNoteInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { supportChange } from '../../procedures.ts';

export const note = supportChange
  .input(withdrawalNoteInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.services.withdrawalCorrections.note(input, ctx.actor));
