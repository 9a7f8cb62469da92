import { drillInput, drillView } from '#server/system/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const drill = operatorReadProcedure
  .input(drillInput)
  .output(drillView)
  .query(({ ctx, input }) => ctx.services.system.drill(input));
