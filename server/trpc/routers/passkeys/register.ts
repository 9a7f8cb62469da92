import { passkeyRegisteredView, passkeyRegisterInput } from '#server/operators/contract.ts';
import { operatorChange } from '../../procedures.ts';
import { personOf } from '../second-factor/person.ts';

/** The second step of `begin`, which took the second factor: what it asked is answered once, in the session that asked. */
export const register = operatorChange
  .input(passkeyRegisterInput)
  .output(passkeyRegisteredView)
  .mutation(async ({ ctx, input: { name, attestation } }) => ({
    id: await ctx.services.passkeyRegistration.finish(name, attestation, personOf(ctx)),
  }));
