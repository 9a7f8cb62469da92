import type { Page } from '@playwright/test';

export interface HeldPasskey {
  /** Base64url. */
  readonly id: string;
  /** PKCS#8 in base64. */
  readonly key: string;
  readonly appUrl: string;
}

/** Puts an authenticator with this passkey into the browser; it says yes by itself. */
export async function plugInPasskey(page: Page, { id, key, appUrl }: HeldPasskey): Promise<void> {
  const { session, authenticatorId } = await plugInEmpty(page);
  const credential = {
    credentialId: Buffer.from(id, 'base64url').toString('base64'),
    isResidentCredential: false,
    rpId: new URL(appUrl).hostname,
    privateKey: key,
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
