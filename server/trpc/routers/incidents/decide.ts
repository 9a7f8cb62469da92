import { incidentDecideInput, incidentDecideView } from '#server/resolution/contract.ts';
import { financeDecision } from '../../procedures.ts';

export const decide = financeDecision
  .input(incidentDecideInput)
  .output(incidentDecideView)
  .mutation(({ ctx, input }) => ctx.services.incidentDecisions.decide(input, ctx.actor));
