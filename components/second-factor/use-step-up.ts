import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { type Failure, readFailure } from '#components/trpc/failure.ts';
import type { WaitingAction } from '#components/trpc/step-up.ts';
import { askPasskey } from './passkey.ts';

/** Gives the second factor for one action: by a passkey, or by a code, which puts the passkey's own window away. */
export function useStepUp({ action, input }: WaitingAction, onGiven: () => void) {
  const client = useTRPCClient();
  const asking = useRef<AbortController>(null);
  const byCode = useMutation<void, Failure, string>({
    mutationFn: async (code) => {
      asking.current?.abort();
      try {
        const { challenge } = await client.stepUp.begin.mutate({ action, input });
        await client.stepUp.confirm.mutate({ challenge, code });
      } catch (error) {
        throw readFailure(error);
      }
    },
    onSuccess: onGiven,
  });
  const byPasskey = useMutation<boolean, Failure, void>({
    mutationFn: async () => {
      asking.current = new AbortController();
      try {
        const { challenge, passkey } = await client.stepUp.begin.mutate({ action, input });
        const assertion = passkey && (await askPasskey(passkey, asking.current.signal));
        if (!assertion) return false;
        await client.stepUp.confirm.mutate({ challenge, assertion });
        return true;
      } catch (error) {
        throw readFailure(error);
      }
    },
    onSuccess: (isGiven) => isGiven && onGiven(),
  });
  return {
    askPasskey: byPasskey.mutate,
    giveCode: byCode.mutate,
    isPending: byCode.isPending,
    failure: byCode.error ?? (byCode.isIdle ? byPasskey.error : null),
  };
}
