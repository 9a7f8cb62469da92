import { auditSignedExportInput, auditSignedExportPart } from '#server/audit/contract.ts';
import { auditorChange } from '../../procedures.ts';

/** Rows byte for byte, with the addresses in them: for those who see everything. */
export const exportSigned = auditorChange
  .input(auditSignedExportInput)
  .output(auditSignedExportPart)
  .mutation(({ ctx, input }) => ctx.services.auditExport.signed(input, ctx.actor));
