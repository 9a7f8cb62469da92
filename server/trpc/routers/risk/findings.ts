import { riskFindingsInput, riskFindingsView } from '#server/risk/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const findings = operatorReadProcedure
  .input(riskFindingsInput)
  .output(riskFindingsView)
  .query(({ ctx, input }) => ctx.services.risk.findings(input.withdrawalId));
