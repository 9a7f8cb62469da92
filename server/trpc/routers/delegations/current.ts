import { delegationsCurrentInput, delegationsCurrentView } from '#server/delegations/contract.ts';
import { adminReadProcedure } from '../../procedures.ts';

export const current = adminReadProcedure
  .input(delegationsCurrentInput)
  .output(delegationsCurrentView)
  .query(async ({ ctx }) => ({ rows: await ctx.services.delegations.current() }));
