import { escalateInput, escalateView } from '#server/resolution/contract.ts';
import { staffChange } from '../../procedures.ts';

export const escalate = staffChange
  .input(escalateInput)
  .output(escalateView)
  .mutation(({ ctx, input }) => ctx.services.evidence.escalate(input, ctx.actor));
