import { passkeyRemovedView, passkeyRemoveInput } from '#server/operators/contract.ts';
import { operatorDecision } from '../../procedures.ts';
import { personOf } from '../second-factor/person.ts';

export const remove = operatorDecision
  .input(passkeyRemoveInput)
  .output(passkeyRemovedView)
  .mutation(async ({ ctx, input: { id } }) => {
    const person = personOf(ctx);
    await ctx.services.passkeys.remove(person.id, id, person);
    await ctx.services.operatorSessions.endOthers(person, 'passkey removed');
    return { id };
  });
