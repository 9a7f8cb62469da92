import { withdrawalRequestInput, withdrawalSummary } from '#server/withdrawals/contract.ts';
import { financeOrKeyChange } from '../../procedures.ts';

export const request = financeOrKeyChange('withdraw')
  .input(withdrawalRequestInput)
  .output(withdrawalSummary)
  .mutation(({ ctx, input: { idempotencyKey: key, ...body } }) =>
    ctx.services.idempotency.once({ procedure: 'withdrawals.request', key, body }, () =>
      ctx.services.withdrawals.request(body, ctx.actor),
    ),
  );
