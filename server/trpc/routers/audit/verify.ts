import { auditVerifyInput, auditVerifyView } from '#server/audit/contract.ts';
import { auditorReadProcedure } from '../../procedures.ts';

/** One part of the chain, so that no answer takes long however much was recorded. */
export const verify = auditorReadProcedure
  .input(auditVerifyInput)
  .output(auditVerifyView)
  .query(({ ctx, input }) => ctx.services.auditCheck.part(input.after, ctx.container.keptHeads));
