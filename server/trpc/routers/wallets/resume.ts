import { dualStateView } from '#server/dual-control/contract.ts';
import { walletResumeInput } from '#server/wallets/contract.ts';
import { financeDecision } from '../../procedures.ts';

export const resume = financeDecision
  .input(walletResumeInput)
  .output(dualStateView)
  .mutation(({ ctx, input }) => ctx.services.walletPauses.resumeByPeople(input, ctx.actor));
