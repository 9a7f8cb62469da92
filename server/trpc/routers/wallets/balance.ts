import { walletBalanceInput, walletBalanceView } from '#server/wallets/contract.ts';
import { readProcedure } from '../../procedures.ts';

/** Asks the chain while the caller waits; its session has no transaction. That the provider answered is noted apart. */
export const balance = readProcedure
  .input(walletBalanceInput)
  .output(walletBalanceView)
  .query(async ({ ctx, input }) => {
    const answer = await ctx.services.wallets.balance(input);
    await ctx.container.sessions.inTransaction(async ({ system }) => system.noteRead('mblock'));
    return answer;
  });
