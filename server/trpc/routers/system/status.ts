import { systemStatusInput, systemStatusView } from '#server/system/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const status = operatorReadProcedure
  .input(systemStatusInput)
  .output(systemStatusView)
  .query(({ ctx }) => ctx.services.systemStatus.view());
