import { policySimulateInput, policySimulateView } from '#server/policies/contract.ts';
import { reviewReadProcedure } from '../../procedures.ts';

export const simulate = reviewReadProcedure
  .input(policySimulateInput)
  .output(policySimulateView)
  .query(({ ctx, input }) => ctx.services.policySimulation.simulate(input));
