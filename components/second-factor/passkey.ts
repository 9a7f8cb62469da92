import type { PasskeyAssertion, PasskeyRequest } from '#server/operators/contract.ts';

const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

const toBase64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const ASK_FOR_MS = 55_000;

/** Asks the authenticator; null when the person declined, typed a code instead, or has none here. */
export async function askPasskey(request: PasskeyRequest, signal: AbortSignal): Promise<PasskeyAssertion | null> {
  try {
    const credential = await navigator.credentials.get({
      signal,
      publicKey: {
        challenge: fromBase64url(request.challenge),
        rpId: request.rpId,
        userVerification: request.userVerification,
        timeout: ASK_FOR_MS,
        allowCredentials: request.allowCredentials.map(({ id, type, transports }) => ({
          id: fromBase64url(id),
          type,
          transports: transports as AuthenticatorTransport[],
        })),
      },
    });
    return credential instanceof PublicKeyCredential ? assertionOf(credential) : null;
  } catch {
    return null;
  }
}

function assertionOf({ id, response }: PublicKeyCredential): PasskeyAssertion | null {
  if (!(response instanceof AuthenticatorAssertionResponse)) return null;
  return {
    id,
    response: {
      clientDataJSON: toBase64url(response.clientDataJSON),
      authenticatorData: toBase64url(response.authenticatorData),
      signature: toBase64url(response.signature),
    },
  };
}
