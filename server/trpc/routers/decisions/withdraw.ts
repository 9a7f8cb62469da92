import { decisionWithdrawInput, decisionWithdrawView } from '#server/dual-control/contract.ts';
import { financeChange } from '../../procedures.ts';

export const withdraw = financeChange
  .input(decisionWithdrawInput)
  .output(decisionWithdrawView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.dualControl.withdraw(input.id, ctx.actor);
    return { id: input.id };
  });
