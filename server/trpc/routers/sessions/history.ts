import { signInHistoryInput, signInHistoryView } from '#server/operators/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';
import { personOf } from '../second-factor/person.ts';

export const history = operatorReadProcedure
  .input(signInHistoryInput)
  .output(signInHistoryView)
  .query(async ({ ctx }) => ({ rows: await ctx.services.signInHistory.of(personOf(ctx).id) }));
