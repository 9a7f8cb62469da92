import { secondFactorStateInput, secondFactorStateView } from '#server/operators/contract.ts';
import { signingInProcedure } from '../../procedures.ts';
import { personOf } from './person.ts';

export const state = signingInProcedure
  .input(secondFactorStateInput)
  .output(secondFactorStateView)
  .query(async ({ ctx }) => {
    const { id, secondFactor } = personOf(ctx);
    const left = ctx.container.sessions.withoutTransaction(({ secondFactors }) => secondFactors.recoveryCodesLeft(id));
    return { state: secondFactor, recoveryCodesLeft: await left };
  });
