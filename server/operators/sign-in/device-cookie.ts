const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** As long as browsers keep anything. */
const KEPT_S = 400 * 86_400;

/** The cookie that tells a device its owner has signed in from before. */
export class DeviceCookie {
  readonly #name: string;
  readonly #secure: boolean;

  constructor({ secure }: { secure: boolean }) {
    this.#name = secure ? '__Host-countersign.device' : 'countersign.device';
    this.#secure = secure;
  }

  /** The token in a request's `Cookie` header; null when there is none of the form we give out. */
  tokenIn(header: string | null): string | null {
    for (const part of header?.split(';') ?? []) {
      const [name, value = ''] = part.trim().split('=');
      if (name === this.#name && TOKEN.test(value)) return value;
    }
    return null;
  }

  line(token: string): string {
    const secure = this.#secure ? '; Secure' : '';
    return `${this.#name}=${token}; Max-Age=${KEPT_S}; Path=/; HttpOnly${secure}; SameSite=Lax`;
  }
}
