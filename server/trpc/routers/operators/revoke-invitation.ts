import { operatorRef, operatorRefView } from '#server/operators/contract.ts';
import { adminChange } from '../../procedures.ts';

export const revokeInvitation = adminChange
  .input(operatorRef)
  .output(operatorRefView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.invitations.revoke(input.id, ctx.actor);
    return input;
  });
