import { invitedView, inviteInput } from '#server/operators/contract.ts';
import { adminDecision } from '../../procedures.ts';

/** The token stands behind `#`, which browsers send to nobody. */
export const invite = adminDecision
  .input(inviteInput)
  .output(invitedView)
  .mutation(async ({ ctx, input }) => {
    const { token, ...invited } = await ctx.services.invitations.invite(input, ctx.actor);
    return { ...invited, link: `${ctx.container.config.appUrl}/invitation#${token}` };
  });
