import { auditExportInput, auditExportPart } from '#server/audit/contract.ts';
import { fence } from '../../fence.ts';
import { operatorChange } from '../../procedures.ts';

/** Everybody, of what they see; the change is the row that says who took what. */
export const exportRows = operatorChange
  .input(auditExportInput)
  .output(fence(auditExportPart))
  .mutation(({ ctx, input }) => ctx.services.auditExport.rows(input, ctx.actor));
