import { freezeView, unfreezeInput } from '#server/system/contract.ts';
import { adminChange } from '../../procedures.ts';

export const unfreeze = adminChange
  .input(unfreezeInput)
  .output(freezeView)
  .mutation(({ ctx, input }) => ctx.services.freezes.unfreeze(input, ctx.actor));
