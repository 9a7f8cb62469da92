import { delegationsMineInput, delegationsMineView } from '#server/delegations/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const mine = operatorReadProcedure
  .input(delegationsMineInput)
  .output(delegationsMineView)
  .query(({ ctx }) => ctx.services.delegations.mine(ctx.actor));
