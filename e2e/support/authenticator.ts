import type { Page } from '@playwright/test';
import type { SoftAuthenticator } from '#server/testing/soft-authenticator.ts';
import { deviceOf } from '../../scripts/local/step-up.ts';
import { told } from './environment.ts';
import type { Operator } from './operators.ts';

/** The passkey that the stack registered for this operator. */
export const passkeyOf = ({ email }: Operator): SoftAuthenticator =>
  deviceOf(email, { LOCAL_PASSKEY: told('E2E_PASSKEY') }, told('E2E_BASE_URL'));

/** Puts an authenticator with the operator's passkey into the browser; it says yes by itself. */
export async function plugIn(page: Page, operator: Operator): Promise<void> {
  const { session, authenticatorId } = await plugInEmpty(page);
  const credential = {
    credentialId: Buffer.from(passkeyOf(operator).id, 'base64url').toString('base64'),
    isResidentCredential: false,
    rpId: new URL(told('E2E_BASE_URL')).hostname,
    privateKey: told('E2E_PASSKEY'),
    signCount: 0,
  };
  await session.send('WebAuthn.addCredential', { authenticatorId, credential });
}

/** One that holds no passkey yet. */
export async function plugInEmpty(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { session, authenticatorId };
}
