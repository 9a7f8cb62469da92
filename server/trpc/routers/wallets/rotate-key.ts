import { dualStateView } from '#server/dual-control/contract.ts';
import { walletRotateKeyInput } from '#server/wallets/contract.ts';
import { adminDecisionOutside } from '../../procedures.ts';

export const rotateKey = adminDecisionOutside
  .input(walletRotateKeyInput)
  .output(dualStateView)
  .mutation(({ ctx, input }) => ctx.container.keyRotations.rotateKey(input, ctx.actor, ctx.takeGrant));
