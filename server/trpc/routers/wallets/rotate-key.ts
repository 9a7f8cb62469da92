import { dualStateView } from '#server/dual-control/contract.ts';
import { walletRotateKeyInput } from '#server/wallets/contract.ts';
import { adminOutside } from '../../procedures.ts';

export const rotateKey = adminOutside
  .input(walletRotateKeyInput)
  .output(dualStateView)
  .mutation(({ ctx, input }) => ctx.container.keyRotations.rotateKey(input, ctx.actor));
