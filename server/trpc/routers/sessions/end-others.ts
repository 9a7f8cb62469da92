import { sessionEndOthersInput, sessionsEndedView } from '#server/operators/contract.ts';
import { operatorChange } from '../../procedures.ts';
import { personOf } from '../second-factor/person.ts';

export const endOthers = operatorChange
  .input(sessionEndOthersInput)
  .output(sessionsEndedView)
  .mutation(async ({ ctx }) => ({
    count: await ctx.services.operatorSessions.endOthers(personOf(ctx), 'ended by their owner'),
  }));
