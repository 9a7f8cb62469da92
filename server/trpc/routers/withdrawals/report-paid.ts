import { reportPaidInput, reportPaidView } from '#server/resolution/contract.ts';
import { financeOrKeyDecision } from '../../procedures.ts';

export const reportPaid = financeOrKeyDecision('withdraw')
  .input(reportPaidInput)
  .output(reportPaidView)
  .mutation(({ ctx, input: { idempotencyKey: key, ...body } }) =>
    ctx.services.idempotency.once({ procedure: 'withdrawals.reportPaid', key, body }, () =>
      ctx.services.handovers.report(body, ctx.actor),
    ),
  );
