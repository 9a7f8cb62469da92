import { differenceView, explainInput } from '#server/reconciliation/contract.ts';
import { financeChange } from '../../procedures.ts';

export const explain = financeChange
  .input(explainInput)
  .output(differenceView)
  .mutation(({ ctx, input }) => ctx.services.differences.explain(input, ctx.actor));
