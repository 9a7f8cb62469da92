import { sessionTimesView, sessionTouchInput } from '#server/operators/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';
import { personOf } from '../second-factor/person.ts';

/** How long the session lasts as things stand. Asking does not prolong it: a page asks by itself. */
export const times = operatorReadProcedure
  .input(sessionTouchInput)
  .output(sessionTimesView)
  .query(({ ctx }) => ctx.services.operatorSessions.times(personOf(ctx).sessionId));
