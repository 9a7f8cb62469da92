import { dualStateView } from '#server/dual-control/contract.ts';
import { walletResumeInput } from '#server/wallets/contract.ts';
import { financeChange } from '../../procedures.ts';

export const resume = financeChange
  .input(walletResumeInput)
  .output(dualStateView)
  .mutation(({ ctx, input }) => ctx.services.walletPauses.resumeByPeople(input, ctx.actor));
