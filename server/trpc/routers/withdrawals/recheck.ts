import { recheckInput, recheckView } from '#server/resolution/contract.ts';
import { staffChange } from '../../procedures.ts';

export const recheck = staffChange
  .input(recheckInput)
  .output(recheckView)
  .mutation(({ ctx, input }) => ctx.services.evidence.recheck(input.id, ctx.actor));
