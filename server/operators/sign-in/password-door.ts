import { z } from 'zod';
import type { AuditTrail } from '#server/audit/index.ts';
import { asRetryable } from '#server/database/database-errors.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import { MinuteBound } from '#server/kernel/minute-bound.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import type { OperatorSessions } from '../operator-sessions.ts';
import type { PasswordSignIn } from '../password-sign-in.ts';
import type { SessionReader } from '../session-reader.ts';
import type { ClientAddress } from './client-address.ts';
import type { DeviceCookie } from './device-cookie.ts';
import type { Devices } from './devices.ts';
import { type Tryer, type TryLimit, tooManyTries } from './try-limit.ts';

interface Needs {
  readonly audit: AuditTrail;
  readonly tries: TryLimit;
  readonly devices: Devices;
  readonly operatorSessions: OperatorSessions;
}

const BODY_BYTES_MAX = 4_096;
const MS = 1_000;
const THROTTLED_A_MINUTE = 30;
const SIGN_IN_PATH = '/sign-in/email';
const SIGN_OUT_PATH = '/sign-out';
const credentials = z.strictObject({ email: z.email().max(254), password: z.string().min(1).max(128) });

/** One try: who, from where, and what is known of the account. */
interface Try extends Tryer {
  readonly operatorId: string | null;
  readonly userAgent: string | null;
  readonly deviceToken: string | null;
}

/**
 * The door that passwords are tried at. Tries are counted before better-auth sees them, and what comes of them is
 * recorded in the same steps whether the account exists or not. Everything else below `/api/auth` is not there.
 */
export class PasswordDoor {
  readonly #sessions: Sessions<Needs>;
  readonly #signIn: PasswordSignIn;
  readonly #reader: SessionReader;
  readonly #addresses: ClientAddress;
  readonly #deviceCookie: DeviceCookie;
  readonly #appUrl: string;
  readonly #throttled = new MinuteBound();

  constructor(deps: {
    sessions: Sessions<Needs>;
    signIn: PasswordSignIn;
    reader: SessionReader;
    addresses: ClientAddress;
    deviceCookie: DeviceCookie;
    appUrl: string;
  }) {
    this.#sessions = deps.sessions;
    this.#signIn = deps.signIn;
    this.#reader = deps.reader;
    this.#addresses = deps.addresses;
    this.#deviceCookie = deps.deviceCookie;
    this.#appUrl = deps.appUrl;
  }

  async answer(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname.replace('/api/auth', '');
    if (path !== SIGN_IN_PATH && path !== SIGN_OUT_PATH) return new Response(null, { status: 404 });
    try {
      this.#refuseForeign(request.headers);
      return path === SIGN_OUT_PATH ? await this.#signOut(request.headers) : await this.#tryPassword(request);
    } catch (error) {
      return refusedByName(error);
    }
  }

  #refuseForeign(headers: Headers): void {
    const isOurs = headers.get('origin') === this.#appUrl && headers.get('sec-fetch-site') !== 'cross-site';
    if (!isOurs) throw new DomainError('auth.forbidden', 'signing in and out must come from the console itself');
  }

  /** The cookie alone says whose session ends: nothing of a body is read. */
  async #signOut(headers: Headers): Promise<Response> {
    const session = await this.#reader.read(headers.get('cookie'));
    const kept = new Headers({ 'content-type': 'application/json', origin: this.#appUrl });
    kept.set('cookie', headers.get('cookie') ?? '');
    const url = `${this.#appUrl}/api/auth${SIGN_OUT_PATH}`;
    // Before it ends: what cannot be recorded is tried again by whoever is still signed in.
    if (session) {
      const { id, sessionId } = session;
      const origin = { requestId: newId(), ip: this.#addresses.of(headers) };
      await this.#sessions.inTransaction(async ({ audit }) =>
        audit.record({
          action: 'operator.signed_out',
          subject: { type: 'operator', id },
          by: { type: 'operator', id, sessionId, origin },
        }),
      );
    }
    return this.#signIn.handler(new Request(url, { method: 'POST', headers: kept, body: '{}' }));
  }

  async #tryPassword({ headers, body }: Request): Promise<Response> {
    const given = credentials.safeParse(await jsonIn(body));
    if (!given.success) throw new DomainError('input.invalid', 'an e-mail address and a password');
    const { email } = given.data;
    const deviceToken = this.#deviceCookie.tokenIn(headers.get('cookie'));
    const about = {
      kind: 'password',
      account: email,
      ip: this.#addresses.of(headers),
      userAgent: headers.get('user-agent'),
      deviceToken,
    } as const;
    const one = await this.#sessions.inTransaction(async ({ devices, tries }) => {
      const found: Try = { ...about, ...(await devices.recognise(email, deviceToken)) };
      return { ...found, wait: await tries.take(found) };
    });
    if (one.wait) {
      await this.#recordThrottled(one);
      throw tooManyTries(one.wait);
    }
    return this.#answered(one, await this.#signIn.handler(this.#forLibrary(headers, given.data)));
  }

  /** Without whatever else was sent: only what the library needs to decide. */
  #forLibrary(headers: Headers, body: z.infer<typeof credentials>): Request {
    const kept = new Headers({ 'content-type': 'application/json', origin: this.#appUrl });
    const userAgent = headers.get('user-agent');
    if (userAgent) kept.set('user-agent', userAgent);
    const url = `${this.#appUrl}/api/auth${SIGN_IN_PATH}`;
    return new Request(url, { method: 'POST', headers: kept, body: JSON.stringify(body) });
  }

  async #answered(one: Try, response: Response): Promise<Response> {
    if (response.ok) return this.#opened(one, response);
    await this.#sessions.inTransaction(async ({ audit, tries }) => {
      // Nobody's guess: the server could not look.
      if (response.status >= 500) return tries.giveBack(one);
      recordRefusal(audit, one);
    });
    return response;
  }

  /** That somebody goes on guessing is seen too, up to what a record that is never deleted can take. */
  async #recordThrottled(one: Try): Promise<void> {
    if (this.#throttled.count('all', performance.now()) > THROTTLED_A_MINUTE) return;
    await this.#sessions.inTransaction(async ({ audit }) => recordRefusal(audit, one, { code: 'rate.limited' }));
  }

  async #opened(one: Try, response: Response): Promise<Response> {
    const cookies = response.headers.getSetCookie();
    const session = await this.#reader.read(cookies.map((line) => line.split(';')[0]).join('; '));
    if (!session) throw new DomainError('auth.required', 'this session is over');
    const device = await this.#sessions.inTransaction(async ({ tries, devices, operatorSessions }) => {
      await tries.giveBack(one);
      await operatorSessions.opened(session, { ip: one.ip, userAgent: one.userAgent, with: 'password' });
      // Half a sign-in makes no device known: who has the password alone gets no tries of their own for the code.
      return session.secondFactor === 'none' ? devices.welcome(session.sessionId, one.deviceToken) : null;
    });
    const answer = Response.json({ state: session.secondFactor });
    for (const line of cookies) answer.headers.append('set-cookie', line);
    if (device) answer.headers.append('set-cookie', this.#deviceCookie.line(device.token));
    return answer;
  }
}

function recordRefusal(
  audit: AuditTrail,
  { operatorId, ip, userAgent }: Try,
  because: { readonly code?: string } = {},
) {
  audit.record({
    action: 'operator.sign_in_refused',
    outcome: 'refused',
    subject: { type: 'operator', id: operatorId ?? 'unknown' },
    by: { type: 'anonymous', id: 'anonymous', origin: { requestId: newId(), ip } },
    after: { ...because, with: 'password', userAgent },
  });
}

/** What was thrown on purpose, in the form of better-auth's own refusals. */
function refusedByName(error: unknown): Response {
  const known = asRetryable(error);
  if (!(known instanceof DomainError)) throw error;
  const { code, message, detail } = known;
  const headers = new Headers();
  const { retryAt } = detail;
  if (typeof retryAt === 'string') headers.set('retry-after', retryAfter(retryAt));
  if (code === 'system.busy') headers.set('retry-after', '1');
  return Response.json({ code, message, detail }, { status: STATUSES[code] ?? 503, headers });
}

const STATUSES: Readonly<Partial<Record<DomainError['code'], number>>> = {
  'auth.required': 401,
  'auth.forbidden': 403,
  'input.invalid': 400,
  'rate.limited': 429,
};

/** Whole seconds from now, as the header wants them. */
export const retryAfter = (at: string): string => String(Math.max(1, Math.ceil((Date.parse(at) - Date.now()) / MS)));

/** Null for what is too long or no JSON. */
async function jsonIn(body: Request['body']): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > BODY_BYTES_MAX) return null;
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
