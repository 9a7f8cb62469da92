import { policyConfirmInput, policyVersionView } from '#server/policies/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const confirm = adminDecision
  .input(policyConfirmInput)
  .output(policyVersionView)
  .mutation(({ ctx, input }) => ctx.services.policies.confirm(input, ctx.actor));
