import { recheckInput, recheckView } from '#server/resolution/contract.ts';
import { supportChange } from '../../procedures.ts';

export const recheck = supportChange
  .input(recheckInput)
  .output(recheckView)
  .mutation(({ ctx, input }) => ctx.services.evidence.recheck(input.id, ctx.actor));
