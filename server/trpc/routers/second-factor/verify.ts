import { secondFactorVerifiedView, secondFactorVerifyInput } from '#server/operators/contract.ts';
import { signingInProcedure } from '../../procedures.ts';
import { personOf } from './person.ts';

export const verify = signingInProcedure
  .input(secondFactorVerifyInput)
  .output(secondFactorVerifiedView)
  .mutation(async ({ ctx, input }) => {
    const { secondFactorSignIn, sessionCookie, sessions } = ctx.container;
    const person = personOf(ctx);
    const { token, expiresAt } = await secondFactorSignIn.verify(input, person);
    ctx.setCookie?.(sessionCookie.line(token, expiresAt));
    const left = sessions.withoutTransaction(({ secondFactors }) => secondFactors.recoveryCodesLeft(person.id));
    return { recoveryCodesLeft: await left };
  });
