import { secondFactorConfirmedView, secondFactorConfirmInput } from '#server/operators/contract.ts';
import { signingInProcedure } from '../../procedures.ts';
import { keep } from './keep.ts';
import { personOf } from './person.ts';

export const confirm = signingInProcedure
  .input(secondFactorConfirmInput)
  .output(secondFactorConfirmedView)
  .mutation(async ({ ctx, input }) => {
    const { secondFactorSignIn } = ctx.container;
    const { recoveryCodes, ...passed } = await secondFactorSignIn.confirm(input.code, personOf(ctx));
    keep(ctx, passed);
    return { recoveryCodes };
  });
