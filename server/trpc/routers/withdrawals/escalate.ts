import { escalateInput, escalateView } from '#server/resolution/contract.ts';
import { supportChange } from '../../procedures.ts';

export const escalate = supportChange
  .input(escalateInput)
  .output(escalateView)
  .mutation(({ ctx, input }) => ctx.services.evidence.escalate(input, ctx.actor));
