import { recoveryCodesRenewedView, recoveryCodesRenewInput } from '#server/operators/contract.ts';
import { operatorDecision } from '../../procedures.ts';

export const renewRecoveryCodes = operatorDecision
  .input(recoveryCodesRenewInput)
  .output(recoveryCodesRenewedView)
  .mutation(async ({ ctx }) => ({
    recoveryCodes: await ctx.services.secondFactors.renewRecoveryCodes(ctx.actor.id, ctx.actor),
  }));
