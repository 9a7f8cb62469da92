import { passkeyListInput, passkeyListView } from '#server/operators/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const list = operatorReadProcedure
  .input(passkeyListInput)
  .output(passkeyListView)
  .query(async ({ ctx }) => ({ rows: await ctx.services.passkeys.list(ctx.actor.id) }));
