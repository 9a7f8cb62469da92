import { waitingInput, waitingView } from '#server/withdrawals/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const waiting = operatorReadProcedure
  .input(waitingInput)
  .output(waitingView)
  .query(({ ctx }) => ctx.services.withdrawalViews.waiting(ctx.actor));
