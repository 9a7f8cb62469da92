export type SignInOutcome = 'signed-in' | 'refused' | 'too_many' | 'unavailable';

const TOO_MANY_REQUESTS = 429;
const SERVER_ERRORS_FROM = 500;

/** Whether the address is known is never said: a refusal is one and the same. */
export async function signIn(email: string, password: string): Promise<SignInOutcome> {
  try {
    const reply = await fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (reply.ok) return 'signed-in';
    if (reply.status === TOO_MANY_REQUESTS) return 'too_many';
    return reply.status >= SERVER_ERRORS_FROM ? 'unavailable' : 'refused';
  } catch {
    return 'unavailable';
  }
}

/** Where to go afterwards: a path of this console, never another site. */
export function safeNextPath(next: string | undefined): string {
  return next && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/';
}
