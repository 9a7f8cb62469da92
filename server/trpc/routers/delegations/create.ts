import { delegationCreateInput, delegationRefView } from '#server/delegations/contract.ts';
import { financeDecision } from '../../procedures.ts';

export const create = financeDecision
  .input(delegationCreateInput)
  .output(delegationRefView)
  .mutation(async ({ ctx, input }) => ({ id: await ctx.services.delegations.create(input, ctx.actor) }));
