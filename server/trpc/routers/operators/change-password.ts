import { changePasswordInput, passwordChangedView } from '#server/operators/contract.ts';
import { operatorDecision } from '../../procedures.ts';
import { personOf } from '../second-factor/person.ts';

export const changePassword = operatorDecision
  .input(changePasswordInput)
  .output(passwordChangedView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.team.changePassword(input, personOf(ctx));
    return {};
  });
