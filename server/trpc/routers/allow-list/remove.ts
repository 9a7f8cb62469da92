import { allowListRemovedView, allowListRemoveInput } from '#server/risk/contract.ts';
import { financeDecision } from '../../procedures.ts';

export const remove = financeDecision
  .input(allowListRemoveInput)
  .output(allowListRemovedView)
  .mutation(({ ctx, input }) => ctx.services.allowList.remove(input, ctx.actor));
