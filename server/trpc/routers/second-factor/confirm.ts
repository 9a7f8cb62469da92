import { secondFactorConfirmedView, secondFactorConfirmInput } from '#server/operators/contract.ts';
import { signingInProcedure } from '../../procedures.ts';
import { personOf } from './person.ts';

export const confirm = signingInProcedure
  .input(secondFactorConfirmInput)
  .output(secondFactorConfirmedView)
  .mutation(async ({ ctx, input }) => {
    const { secondFactorSignIn, sessionCookie } = ctx.container;
    const { recoveryCodes, token, expiresAt } = await secondFactorSignIn.confirm(input.code, personOf(ctx));
    ctx.setCookie?.(sessionCookie.line(token, expiresAt));
    return { recoveryCodes };
  });
