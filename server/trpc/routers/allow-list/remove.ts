import { z } from 'zod';
import { uuid } from '#server/kernel/wire.ts';
import { allowListRemoveInput } from '#server/risk/contract.ts';
import { financeDecision } from '../../procedures.ts';

export const remove = financeDecision
  .input(allowListRemoveInput)
  .output(z.object({ id: uuid }))
  .mutation(async ({ ctx, input }) => {
    await ctx.services.allowList.remove(input, ctx.actor);
    return { id: input.id };
  });
