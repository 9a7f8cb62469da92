import { changeRoleInput, operatorRefView } from '#server/operators/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const changeRole = adminDecision
  .input(changeRoleInput)
  .output(operatorRefView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.team.changeRole(input, ctx.actor);
    return { id: input.id };
  });
