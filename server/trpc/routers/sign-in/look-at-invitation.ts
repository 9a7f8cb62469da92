import { invitationLookInput, invitationLookView } from '#server/operators/contract.ts';
import { anyoneOutside } from '../../procedures.ts';

/** A mutation, so that the token stands in no address. */
export const lookAtInvitation = anyoneOutside
  .input(invitationLookInput)
  .output(invitationLookView)
  .mutation(({ ctx, input }) =>
    ctx.container.sessions.withoutTransaction(({ invitations }) => invitations.look(input.token)),
  );
