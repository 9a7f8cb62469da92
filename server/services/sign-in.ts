import type { Pool } from 'pg';
import type { Config } from '#server/config/index.ts';
import type { SessionManager } from '#server/database/session-manager.ts';
import {
  ApiKeyDoor,
  ClientAddress,
  DeviceCookie,
  PasskeySignIn,
  PasswordDoor,
  passwordSignIn,
  type RelyingParty,
  SecondFactorSignIn,
  SessionCookie,
  SessionReader,
  StepUpFlow,
} from '#server/operators/index.ts';
import { peerHeader } from '#server/peer.ts';
import type { Services } from '#server/services.ts';

export type SignInServices = Awaited<ReturnType<typeof openSignIn>>;

interface Below {
  readonly sessions: SessionManager<Services>;
  readonly pool: Pool;
  readonly site: RelyingParty;
}

/** How people get in: passwords, cookies, second factors, and where a call comes from. */
export async function openSignIn(config: Config, { sessions, pool, site }: Below) {
  const { appUrl, authSecret: secret, session: limits } = config;
  const secure = appUrl.startsWith('https:');
  const beforeSession = (id: string) => sessions.withoutTransaction(({ operators }) => operators.refuseDisabled(id));
  const signIn = passwordSignIn({ pool, appUrl, secret, sessionHours: limits.hours, beforeSession });
  const { name } = (await signIn.$context).authCookies.sessionToken;
  const sessionCookie = new SessionCookie({ name, secret, secure });
  const sessionReader = new SessionReader({ pool, cookie: sessionCookie, limits });
  const deviceCookie = new DeviceCookie({ secure });
  const addresses = new ClientAddress({ peerHeader: peerHeader(), trusted: config.trustedProxies });
  return {
    sessionCookie,
    sessionReader,
    deviceCookie,
    addresses,
    apiKeyDoor: new ApiKeyDoor({ sessions }),
    passwordDoor: new PasswordDoor({ sessions, signIn, reader: sessionReader, addresses, deviceCookie, appUrl }),
    secondFactorSignIn: new SecondFactorSignIn({ sessions }),
    passkeySignIn: new PasskeySignIn({ sessions, site }),
    stepUpFlow: new StepUpFlow({ sessions }),
  };
}
