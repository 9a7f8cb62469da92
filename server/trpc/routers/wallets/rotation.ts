import { rotationView, walletRotationInput } from '#server/wallets/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const rotation = operatorReadProcedure
  .input(walletRotationInput)
  .output(rotationView.nullable())
  .query(({ ctx, input }) => ctx.container.keyRotations.newest(input.walletId));
