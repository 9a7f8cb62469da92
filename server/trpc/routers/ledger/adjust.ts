import { adjustInput, adjustView } from '#server/resolution/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const adjust = adminDecision
  .input(adjustInput)
  .output(adjustView)
  .mutation(({ ctx, input }) => ctx.services.bookCorrections.adjust(input, ctx.actor));
