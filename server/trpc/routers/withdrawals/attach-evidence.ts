import { attachEvidenceInput, attachEvidenceView } from '#server/resolution/contract.ts';
import { financeChange } from '../../procedures.ts';

export const attachEvidence = financeChange
  .input(attachEvidenceInput)
  .output(attachEvidenceView)
  .mutation(({ ctx, input }) => ctx.services.evidence.attach(input, ctx.actor));
