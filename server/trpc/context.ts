import { appContainer } from '#server/app-container.ts';
import type { Container } from '#server/container.ts';
import type { ApiKeyActor, CallOrigin } from '#server/kernel/actor.ts';
import { newId } from '#server/kernel/ids.ts';
import type { CallBudget, SignedInOperator } from '#server/operators/index.ts';

/** What every call knows before any of its own input is looked at. One for an HTTP request, shared by a batch's calls. */
export interface Context {
  readonly container: Container;
  /** Who is behind the session cookie or the API key; null for nobody. Never taken from a body. */
  readonly caller: SignedInOperator | ApiKeyActor | null;
  readonly origin: CallOrigin;
  /** Something was sent as an API key, and it is none that is in force: unknown, ended and revoked ones are told alike. */
  readonly keyRefused?: boolean;
  /** What the browser has kept of sign-ins before; null where nothing. */
  readonly deviceToken?: string | null;
  /** How the caller's program names itself. */
  readonly userAgent?: string | null;
  /** How the caller's API key stands within its minute. */
  readonly budget?: CallBudget | undefined;
  /** Puts a `Set-Cookie` line on the answer; absent where no answer over HTTP follows. */
  readonly setCookie?: (line: string) => void;
}

/** `acting`: somebody does something, rather than a page that reads again by itself. `calls`: as many as a batch holds. `called`: which. */
export async function createContext(
  container: Container,
  headers: Headers,
  { acting = false, ...asked }: { acting?: boolean; calls?: number; called?: readonly string[] } = {},
): Promise<Context> {
  const authorization = headers.get('authorization');
  const cookie = headers.get('cookie');
  const origin = { requestId: newId(), ip: container.addresses.of(headers) };
  const admitted = authorization ? await container.apiKeyDoor.admit(authorization, origin, asked) : null;
  return {
    container,
    caller: authorization ? (admitted?.actor ?? null) : await container.sessionReader.read(cookie, { acting }),
    keyRefused: Boolean(authorization) && !admitted,
    budget: admitted?.budget,
    origin,
    deviceToken: container.deviceCookie.tokenIn(cookie),
    userAgent: headers.get('user-agent'),
  };
}

/** For server components: the same calls, without HTTP. */
export const createServerContext = async (headers: Headers): Promise<Context> =>
  createContext(await appContainer(), headers);
