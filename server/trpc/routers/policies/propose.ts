import { policyProposeInput, policyProposeView } from '#server/policies/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const propose = adminDecision
  .input(policyProposeInput)
  .output(policyProposeView)
  .mutation(({ ctx, input }) => ctx.services.policies.propose(input, ctx.actor));
