import { sessionListInput, sessionListView } from '#server/operators/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';
import { personOf } from '../second-factor/person.ts';

export const list = operatorReadProcedure
  .input(sessionListInput)
  .output(sessionListView)
  .query(async ({ ctx }) => ({ rows: await ctx.services.operatorSessions.list(personOf(ctx)) }));
