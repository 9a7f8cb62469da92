import { withdrawalNoteInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { staffChange } from '../../procedures.ts';

export const note = staffChange
  .input(withdrawalNoteInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input }) => ctx.services.withdrawalCorrections.note(input, ctx.actor));
