import { dualStateView } from '#server/dual-control/contract.ts';
import { allowListAddInput } from '#server/risk/contract.ts';
import { financeDecision } from '../../procedures.ts';

export const add = financeDecision
  .input(allowListAddInput)
  .output(dualStateView)
  .mutation(({ ctx, input }) => ctx.services.allowList.add(input, ctx.actor));
