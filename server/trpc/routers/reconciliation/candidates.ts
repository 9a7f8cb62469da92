import { candidatesInput, candidatesView } from '#server/reconciliation/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const candidates = operatorReadProcedure
  .input(candidatesInput)
  .output(candidatesView)
  .query(({ ctx, input }) => ctx.services.candidates.of(input));
