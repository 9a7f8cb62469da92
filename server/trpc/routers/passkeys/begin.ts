import { passkeyBeginInput, passkeyCreationView } from '#server/operators/contract.ts';
import { operatorDecision } from '../../procedures.ts';
import { personOf } from '../second-factor/person.ts';

export const begin = operatorDecision
  .input(passkeyBeginInput)
  .output(passkeyCreationView)
  .mutation(({ ctx, input }) => ctx.services.passkeyRegistration.begin(input.name, personOf(ctx)));
