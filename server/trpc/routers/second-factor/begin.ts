import { secondFactorBeginInput, secondFactorBegunView } from '#server/operators/contract.ts';
import { keyUri, qrCodeOf } from '#server/operators/index.ts';
import { signingInProcedure } from '../../procedures.ts';
import { personOf } from './person.ts';

export const begin = signingInProcedure
  .input(secondFactorBeginInput)
  .output(secondFactorBegunView)
  .mutation(async ({ ctx, input }) => {
    const person = personOf(ctx);
    const key = await ctx.container.secondFactorSignIn.begin(input.password, person);
    const uri = keyUri(key, person.email);
    return { key, uri, qr: qrCodeOf(uri) };
  });
