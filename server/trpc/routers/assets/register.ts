import { assetRegisterInput, assetView } from '#server/assets/contract.ts';
import { adminChange } from '../../procedures.ts';

export const register = adminChange
  .input(assetRegisterInput)
  .output(assetView)
  .mutation(({ ctx, input }) => ctx.services.assetRegistration.register(input, ctx.actor));
