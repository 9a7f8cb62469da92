import { takeBackInput, takeBackView } from '#server/resolution/contract.ts';
import { adminChange } from '../../procedures.ts';

export const takeBack = adminChange
  .input(takeBackInput)
  .output(takeBackView)
  .mutation(({ ctx, input }) => ctx.services.bookCorrections.takeBack(input, ctx.actor));
