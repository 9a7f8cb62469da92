import { passkeySignedInView, passkeySignInInput } from '#server/operators/contract.ts';
import { anyoneOutside } from '../../procedures.ts';
import { keep } from '../second-factor/keep.ts';

export const passkey = anyoneOutside
  .input(passkeySignInInput)
  .output(passkeySignedInView)
  .mutation(async ({ ctx, input }) => {
    const { origin, userAgent = null, deviceToken = null } = ctx;
    const from = { ip: origin.ip, userAgent, deviceToken };
    const session = await ctx.container.passkeySignIn.finish(input.assertion, from);
    keep(ctx, session);
    return { expiresAt: session.expiresAt.toISOString() };
  });
