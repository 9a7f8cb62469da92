import { invitationAcceptedView, invitationAcceptInput } from '#server/operators/contract.ts';
import { anyoneOutside } from '../../procedures.ts';

export const acceptInvitation = anyoneOutside
  .input(invitationAcceptInput)
  .output(invitationAcceptedView)
  .mutation(({ ctx, input }) =>
    ctx.container.sessions.inTransaction(({ invitations }) => invitations.accept(input, ctx.origin)),
  );
