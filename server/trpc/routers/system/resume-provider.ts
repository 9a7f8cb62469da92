import { providerResumeInput, systemStatusView } from '#server/system/contract.ts';
import { financeDecision } from '../../procedures.ts';

export const resumeProvider = financeDecision
  .input(providerResumeInput)
  .output(systemStatusView)
  .mutation(async ({ ctx, input }) => {
    await ctx.services.system.resume(input, ctx.actor);
    return ctx.services.systemStatus.view();
  });
