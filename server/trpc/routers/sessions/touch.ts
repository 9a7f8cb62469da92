import { sessionTimesView, sessionTouchInput } from '#server/operators/contract.ts';
import { operatorChange } from '../../procedures.ts';
import { personOf } from '../second-factor/person.ts';

/** The person is there: every change keeps a session from going idle, and this one does nothing else. */
export const touch = operatorChange
  .input(sessionTouchInput)
  .output(sessionTimesView)
  .mutation(({ ctx }) => ctx.services.operatorSessions.times(personOf(ctx).sessionId));
