import { exceptionListInput, exceptionPage } from '#server/resolution/contract.ts';
import { fence } from '../../fence.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const list = operatorReadProcedure
  .input(exceptionListInput)
  .output(fence(exceptionPage))
  .query(({ ctx, input }) => ctx.services.exceptions.list(input));
