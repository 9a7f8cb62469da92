import { exceptionCountsInput, exceptionCountsView } from '#server/resolution/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const counts = operatorReadProcedure
  .input(exceptionCountsInput)
  .output(exceptionCountsView)
  .query(({ ctx }) => ctx.services.exceptions.counts());
