import { auditListInput, auditPage } from '#server/audit/contract.ts';
import { fence } from '../../fence.ts';
import { operatorReadProcedure } from '../../procedures.ts';

/** Everybody; who may not see all of it sees what they did themselves. */
export const list = operatorReadProcedure
  .input(auditListInput)
  .output(fence(auditPage))
  .query(({ ctx, input }) => ctx.services.auditLog.list(input, ctx.actor));
