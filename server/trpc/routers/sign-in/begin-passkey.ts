import { passkeyRequestView, passkeySignInBeginInput } from '#server/operators/contract.ts';
import { anyoneOutside } from '../../procedures.ts';

export const beginPasskey = anyoneOutside
  .input(passkeySignInBeginInput)
  .output(passkeyRequestView)
  .mutation(({ ctx }) => ctx.container.passkeySignIn.begin());
