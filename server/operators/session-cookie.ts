import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '#server/kernel/secret.ts';

/** The cookie in better-auth's form: the token, a dot, and its HMAC-SHA256 in base64, percent-encoded. */
export class SessionCookie {
  readonly #name: string;
  readonly #secret: Secret;
  readonly #secure: boolean;

  constructor(deps: { name: string; secret: Secret; secure: boolean }) {
    this.#name = deps.name;
    this.#secret = deps.secret;
    this.#secure = deps.secure;
  }

  /** The token that a request's `Cookie` header carries, when we gave it out. */
  tokenIn(header: string | null): string | null {
    for (const part of header?.split(';') ?? []) {
      const [name = '', ...value] = part.trim().split('=');
      if (name !== this.#name) continue;
      const signed = decode(value.join('='));
      const dot = signed.lastIndexOf('.');
      const token = signed.slice(0, Math.max(dot, 0));
      // Compared as text: several texts decode to the same bytes, and only one of them was given out.
      const given = Buffer.from(signed.slice(dot + 1));
      const expected = Buffer.from(this.#signatureOf(token));
      if (given.length === expected.length && timingSafeEqual(given, expected)) return token;
    }
    return null;
  }

  /** A `Set-Cookie` line with the attributes that better-auth is told to use. */
  line(token: string, expiresAt: Date): string {
    const value = encodeURIComponent(`${token}.${this.#signatureOf(token)}`);
    const maxAge = Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1_000));
    const secure = this.#secure ? '; Secure' : '';
    return `${this.#name}=${value}; Max-Age=${maxAge}; Path=/; HttpOnly${secure}; SameSite=Lax`;
  }

  #signatureOf(token: string): string {
    return createHmac('sha256', this.#secret.reveal()).update(token).digest('base64');
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
