import { stepUpConfirmedView, stepUpConfirmInput } from '#server/operators/contract.ts';
import { operatorOutside } from '../../procedures.ts';
import { personOf } from '../second-factor/person.ts';

export const confirm = operatorOutside
  .input(stepUpConfirmInput)
  .output(stepUpConfirmedView)
  .mutation(async ({ ctx, input: { challenge, ...proof } }) => {
    await ctx.container.stepUpFlow.confirm(challenge, proof, personOf(ctx));
    return { challenge };
  });
