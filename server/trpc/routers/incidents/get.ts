import { incidentGetInput } from '#server/incidents/contract.ts';
import { incidentDetailView } from '#server/resolution/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const get = operatorReadProcedure
  .input(incidentGetInput)
  .output(incidentDetailView)
  .query(({ ctx, input }) => ctx.services.incidentDecisions.show(input.id, ctx.actor));
