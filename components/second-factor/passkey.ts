import type {
  PasskeyAssertion,
  PasskeyAttestation,
  PasskeyCreation,
  PasskeyRequest,
} from '#server/operators/contract.ts';

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
        allowCredentials: request.allowCredentials.map(descriptor),
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

type Reference = PasskeyRequest['allowCredentials'][number];
const descriptor = ({ id, type, transports }: Reference): PublicKeyCredentialDescriptor => ({
  id: fromBase64url(id),
  type,
  transports: transports as AuthenticatorTransport[],
});

/** Has the authenticator make a new one; null when the person put it away, or has one there already. */
export async function makePasskey({ user, ...creation }: PasskeyCreation): Promise<PasskeyAttestation | null> {
  try {
    const credential = await navigator.credentials.create({
      publicKey: {
        ...creation,
        challenge: fromBase64url(creation.challenge),
        user: { ...user, id: fromBase64url(user.id) },
        excludeCredentials: creation.excludeCredentials.map(descriptor),
        timeout: ASK_FOR_MS,
        attestation: 'none',
      },
    });
    return credential instanceof PublicKeyCredential ? attestationOf(credential) : null;
  } catch {
    return null;
  }
}

function attestationOf({ id, response }: PublicKeyCredential): PasskeyAttestation | null {
  if (!(response instanceof AuthenticatorAttestationResponse)) return null;
  return {
    id,
    response: {
      clientDataJSON: toBase64url(response.clientDataJSON),
      attestationObject: toBase64url(response.attestationObject),
      transports: response.getTransports(),
    },
  };
}
