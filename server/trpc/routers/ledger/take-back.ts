import { takeBackInput, takeBackView } from '#server/resolution/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const takeBack = adminDecision
  .input(takeBackInput)
  .output(takeBackView)
  .mutation(({ ctx, input }) => ctx.services.bookCorrections.takeBack(input, ctx.actor));
