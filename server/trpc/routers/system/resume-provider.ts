import { providerResumeInput, systemStatusView } from '#server/system/contract.ts';
import { financeChange } from '../../procedures.ts';

export const resumeProvider = financeChange
  .input(providerResumeInput)
  .output(systemStatusView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.system.resume(input, ctx.actor);
    return ctx.services.systemStatus.view();
  });
