import { askPasskey } from '#components/second-factor/passkey.ts';
import type { PasskeyRequest } from '#server/operators/contract.ts';

export type PasskeyOutcome = 'signed-in' | 'put_away' | 'passkey_refused' | 'unavailable';

const SERVER_ERRORS_FROM = 500;

const post = (procedure: string, input: object): Promise<Response> =>
  fetch(`/api/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });

/** Without a name or a password: the authenticator says who it is. */
export async function signInWithPasskey(signal: AbortSignal): Promise<PasskeyOutcome> {
  try {
    const question = await post('signIn.beginPasskey', {});
    if (!question.ok) return 'unavailable';
    const { result } = (await question.json()) as { readonly result: { readonly data: PasskeyRequest } };
    const assertion = await askPasskey(result.data, signal);
    if (!assertion) return 'put_away';
    const reply = await post('signIn.passkey', { assertion });
    if (reply.ok) return 'signed-in';
    return reply.status >= SERVER_ERRORS_FROM ? 'unavailable' : 'passkey_refused';
  } catch {
    return 'unavailable';
  }
}
