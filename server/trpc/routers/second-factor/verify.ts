import { secondFactorVerifiedView, secondFactorVerifyInput } from '#server/operators/contract.ts';
import { signingInProcedure } from '../../procedures.ts';
import { keep } from './keep.ts';
import { personOf } from './person.ts';

export const verify = signingInProcedure
  .input(secondFactorVerifyInput)
  .output(secondFactorVerifiedView)
  .mutation(async ({ ctx, input }) => {
    const { secondFactorSignIn, sessions } = ctx.container;
    const person = personOf(ctx);
    const passed = await secondFactorSignIn.verify(input, person);
    keep(ctx, passed);
    const left = sessions.withoutTransaction(({ secondFactors }) => secondFactors.recoveryCodesLeft(person.id));
    return { recoveryCodesLeft: await left };
  });
