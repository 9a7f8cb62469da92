import { resolveInput, resolveView } from '#server/resolution/contract.ts';
import { financeDecisionOutside } from '../../procedures.ts';

/** What the chain shows is read first, while the caller waits and before the transaction begins. */
export const resolve = financeDecisionOutside
  .input(resolveInput)
  .output(resolveView)
  .mutation(async ({ ctx, input }) => {
    const { sessions } = ctx.container;
    const receipt = await sessions.withoutTransaction(({ resolutions }) => resolutions.readReceipt(input));
    return sessions.inTransaction(async (services) => {
      const resolved = await services.resolutions.resolve(input, receipt, ctx.actor);
      await ctx.takeGrant(services);
      return resolved;
    });
  });
