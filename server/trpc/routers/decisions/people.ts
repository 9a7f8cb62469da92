import { decidersInput, decidersView } from '#server/dual-control/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const people = operatorReadProcedure
  .input(decidersInput)
  .output(decidersView)
  .query(({ ctx }) => ctx.services.dualControl.deciders());
