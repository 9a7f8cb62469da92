import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';

/** Next puts this very name's nonce on the scripts and styles that it writes into a page. */
const POLICY = 'Content-Security-Policy';
const NONCE_BYTES = 16;

/** What a page may load: this origin's, and of scripts only what carries the nonce and what such a script loads. */
function policyWith(nonce: string): string {
  // biome-ignore lint/style/noProcessEnv: Next writes it into the build; React's tools for developers evaluate text
  const forDevelopers = process.env.NODE_ENV === 'development';
  const directives = {
    'default-src': "'none'",
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${forDevelopers ? " 'unsafe-eval'" : ''}`,
    'style-src': forDevelopers ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

/**
 * Sets the policy of a page, and takes nothing for a page but a question: no form of a foreign site, no Server Action.
 * Who may see what is not decided here but in each procedure.
 */
export function proxy(request: NextRequest): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
  }
  const policy = policyWith(randomBytes(NONCE_BYTES).toString('base64'));
  const headers = new Headers(request.headers);
  headers.set(POLICY, policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set(POLICY, policy);
  return response;
}

/** Pages, and whatever else is asked for that is neither the API nor a file of the build. */
export const config = { matcher: ['/((?!api/|_next/static/).*)'] };
