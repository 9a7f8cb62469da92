import { auditSigningInput, auditSigningView } from '#server/audit/contract.ts';
import { auditorReadProcedure } from '../../procedures.ts';

/** What whoever checks an export must have got from somewhere else than the export. */
export const signing = auditorReadProcedure
  .input(auditSigningInput)
  .output(auditSigningView)
  .query(({ ctx }) => ({ key: ctx.container.shared.auditKeys.publicKey() }));
