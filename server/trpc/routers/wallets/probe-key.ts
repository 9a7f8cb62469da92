import { rotationView, walletProbeKeyInput } from '#server/wallets/contract.ts';
import { adminOutside } from '../../procedures.ts';

export const probeKey = adminOutside
  .input(walletProbeKeyInput)
  .output(rotationView)
  .mutation(({ ctx, input }) => ctx.container.keyRotations.probeKey(input.walletId, ctx.actor));
