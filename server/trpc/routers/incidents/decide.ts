import { incidentDecideInput, incidentDecideView } from '#server/resolution/contract.ts';
import { financeChange } from '../../procedures.ts';

export const decide = financeChange
  .input(incidentDecideInput)
  .output(incidentDecideView)
  .mutation(({ ctx, input }) => ctx.services.incidentDecisions.decide(input, ctx.actor));
