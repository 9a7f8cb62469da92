import { sessionEndedView, sessionEndInput } from '#server/operators/contract.ts';
import { operatorChange } from '../../procedures.ts';
import { personOf } from '../second-factor/person.ts';

export const end = operatorChange
  .input(sessionEndInput)
  .output(sessionEndedView)
  .mutation(async ({ ctx, input: { id } }) => {
    await ctx.services.operatorSessions.end(id, personOf(ctx));
    return { id };
  });
