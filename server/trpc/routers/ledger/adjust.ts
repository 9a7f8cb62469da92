import { adjustInput, adjustView } from '#server/resolution/contract.ts';
import { adminChange } from '../../procedures.ts';

export const adjust = adminChange
  .input(adjustInput)
  .output(adjustView)
  .mutation(({ ctx, input }) => ctx.services.bookCorrections.adjust(input, ctx.actor));
