import { freezesInput, freezesView } from '#server/system/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const freezes = operatorReadProcedure
  .input(freezesInput)
  .output(freezesView)
  .query(async ({ ctx }) => ({ freezes: await ctx.services.freezes.open() }));
