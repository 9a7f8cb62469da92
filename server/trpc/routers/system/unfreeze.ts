import { freezeView, unfreezeInput } from '#server/system/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const unfreeze = adminDecision
  .input(unfreezeInput)
  .output(freezeView)
  .mutation(({ ctx, input }) => ctx.services.freezes.unfreeze(input, ctx.actor));
