import { auditActorsInput, auditActorsView } from '#server/audit/contract.ts';
import { auditorReadProcedure } from '../../procedures.ts';

export const actors = auditorReadProcedure
  .input(auditActorsInput)
  .output(auditActorsView)
  .query(({ ctx }) => ctx.services.auditLog.actors());
