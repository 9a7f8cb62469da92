import { creditInput, creditView } from '#server/ledger/contract.ts';
import { keyChange } from '../../procedures.ts';

export const credit = keyChange('credit')
  .input(creditInput)
  .output(creditView)
  .mutation(({ ctx, input: { idempotencyKey: key, ...body } }) =>
    ctx.services.idempotency.once({ procedure: 'ledger.credit', key, body }, () =>
      ctx.services.ledger.credit(body, ctx.actor),
    ),
  );
