import { reconcileInput, reconcileView } from '#server/reconciliation/contract.ts';
import { financeChange } from '../../procedures.ts';

export const run = financeChange
  .input(reconcileInput)
  .output(reconcileView)
  .mutation(async ({ ctx, input }) => ({ runId: await ctx.services.reconciliationRuns.order(input, ctx.actor) }));
