import { freezeInput, freezeView } from '#server/system/contract.ts';
import { financeChange } from '../../procedures.ts';

export const freeze = financeChange
  .input(freezeInput)
  .output(freezeView)
  .mutation(({ ctx, input }) => ctx.services.freezes.freeze(input, ctx.actor));
