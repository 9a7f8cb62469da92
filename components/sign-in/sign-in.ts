import { minutesUntil } from '#components/trpc/retry-at.ts';

/** `minutes`: how long to wait before another try counts. */
export type SignInProblem =
  | { readonly kind: 'refused' | 'unavailable' }
  | { readonly kind: 'too_many'; readonly minutes: number };

const TOO_MANY_REQUESTS = 429;
const SERVER_ERRORS_FROM = 500;

/** Null when it was right. Whether the address is known is never said: a refusal is one and the same. */
export async function signIn(email: string, password: string): Promise<SignInProblem | null> {
  try {
    const reply = await fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (reply.ok) return null;
    if (reply.status === TOO_MANY_REQUESTS) return { kind: 'too_many', minutes: minutesUntil(await retryAtIn(reply)) };
    return { kind: reply.status >= SERVER_ERRORS_FROM ? 'unavailable' : 'refused' };
  } catch {
    return { kind: 'unavailable' };
  }
}

async function retryAtIn(reply: Response): Promise<unknown> {
  const body = (await reply.json()) as { readonly detail?: { readonly retryAt?: unknown } };
  return body.detail?.retryAt;
}

/** Where to go afterwards: a path of this console, never another site. */
export function safeNextPath(next: string | undefined): string {
  return next && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/';
}
