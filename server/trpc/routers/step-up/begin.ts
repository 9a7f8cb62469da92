import { stepUpBeginInput, stepUpBegunView } from '#server/operators/contract.ts';
import { operatorOutside } from '../../procedures.ts';
import { personOf } from '../second-factor/person.ts';

export const begin = operatorOutside
  .input(stepUpBeginInput)
  .output(stepUpBegunView)
  .mutation(async ({ ctx, input }) => {
    const { id, passkey } = await ctx.container.stepUpFlow.begin(input.action, input.input, personOf(ctx));
    return { challenge: id, passkey };
  });
