import { reverseInput, reverseView } from '#server/ledger/contract.ts';
import { keyChange } from '../../procedures.ts';

export const reverse = keyChange('credit')
  .input(reverseInput)
  .output(reverseView)
  .mutation(({ ctx, input: { idempotencyKey: key, ...body } }) =>
    ctx.services.idempotency.once({ procedure: 'ledger.reverse', key, body }, () =>
      ctx.services.ledger.reverse(body, ctx.actor),
    ),
  );
