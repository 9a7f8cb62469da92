import { policyCurrentInput, policyCurrentView } from '#server/policies/contract.ts';
import { readProcedure } from '../../procedures.ts';

export const current = readProcedure
  .input(policyCurrentInput)
  .output(policyCurrentView)
  .query(({ ctx }) => ctx.services.policies.current());
