import { createHash } from 'node:crypto';
import type { TRPCClient } from '@trpc/client';
import { stepUpLink } from '#components/trpc/step-up-link.ts';
import { SoftAuthenticator } from '#server/testing/soft-authenticator.ts';
import type { AppRouter } from '#server/trpc/root.ts';
import type { LocalSecrets } from './secrets.ts';

/** The passkey of one account of a local stack: one key for all, under a name of its own for each. */
export const deviceOf = (
  email: string,
  secrets: Pick<LocalSecrets, 'LOCAL_PASSKEY'>,
  appUrl: string,
): SoftAuthenticator =>
  new SoftAuthenticator(appUrl, {
    keyText: secrets.LOCAL_PASSKEY,
    id: createHash('sha256').update(email).digest('base64url'),
  });

/** Gives the second factor whenever a call needs it. `plain` makes the calls that this takes. */
export const givingSecondFactor = (device: SoftAuthenticator, plain: () => TRPCClient<AppRouter>) =>
  stepUpLink(async (waiting) => {
    const { challenge, passkey } = await plain().stepUp.begin.mutate(waiting);
    if (!passkey) return false;
    await plain().stepUp.confirm.mutate({ challenge, assertion: device.answer(passkey.challenge) });
    return true;
  });
