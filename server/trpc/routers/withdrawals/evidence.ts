import { evidenceInput, evidenceView } from '#server/resolution/contract.ts';
import { fence } from '../../fence.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const evidence = operatorReadProcedure
  .input(evidenceInput)
  .output(fence(evidenceView))
  .query(({ ctx, input }) => ctx.services.evidence.show(input.id, ctx.actor));
