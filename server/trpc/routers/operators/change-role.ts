import { changeRoleInput, operatorRefView } from '#server/operators/contract.ts';
import { adminDecision } from '../../procedures.ts';

export const changeRole = adminDecision
  .input(changeRoleInput)
  .output(operatorRefView)
  .mutation(async ({ ctx, input: { id, role } }) => {
    await ctx.services.team.changeRole(id, role, ctx.actor);
    return { id };
  });
