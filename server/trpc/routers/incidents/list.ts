import { incidentListInput, incidentPage } from '#server/incidents/contract.ts';
import { fence } from '../../fence.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const list = operatorReadProcedure
  .input(incidentListInput)
  .output(fence(incidentPage))
  .query(({ ctx, input }) => ctx.services.incidents.list(input));
