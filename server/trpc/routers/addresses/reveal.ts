import { addressRevealedView, addressRevealInput } from '#server/withdrawals/contract.ts';
import { revealProcedure } from '../../procedures.ts';

export const reveal = revealProcedure
  .input(addressRevealInput)
  .output(addressRevealedView)
  .mutation(({ ctx, input }) => ctx.services.addressReveal.reveal(input, ctx.actor));
