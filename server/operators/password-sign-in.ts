import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import type { Pool } from 'pg';
import { asRetryable } from '#server/database/database-errors.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { Secret } from '#server/kernel/secret.ts';
import { PASSWORD_CHARS_MIN } from './statuses.ts';

export interface SignInSettings {
  readonly pool: Pool;
  readonly appUrl: string;
  readonly secret: Secret;
  readonly sessionHours: number;
  /** Refuses the sign-in by throwing. */
  readonly beforeSession: (operatorId: string) => Promise<void>;
}

/** better-auth's models in our tables and in our spelling. Sessions are not refreshed: so many hours, whatever happens. */
const tables = {
  user: {
    modelName: 'operators',
    fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    additionalFields: { role: { type: 'string', required: true, input: false, returned: false } },
  },
  session: {
    modelName: 'operator_sessions',
    fields: {
      userId: 'operator_id',
      expiresAt: 'expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
    },
    disableSessionRefresh: true,
    cookieCache: { enabled: false },
  },
  account: {
    modelName: 'operator_accounts',
    fields: {
      userId: 'operator_id',
      accountId: 'account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  verification: {
    modelName: 'operator_verifications',
    fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
} satisfies Partial<BetterAuthOptions>;

/**
 * E-mail and password sign-in by better-auth, on our tables. Sign-up is closed: operators come from the command and from
 * invitations. Its sessions are read by `SessionReader`, without a cache, so that what is revoked is gone at once.
 */
export function passwordSignIn(settings: SignInSettings) {
  const https = settings.appUrl.startsWith('https:');
  const auth = betterAuth({
    // What is no refusal reaches `comeAgain` below as it was thrown.
    onAPIError: { throw: true },
    appName: 'Countersign',
    baseURL: settings.appUrl,
    basePath: '/api/auth',
    trustedOrigins: [settings.appUrl],
    secret: settings.secret.reveal(),
    telemetry: { enabled: false },
    logger: { level: 'error' },
    database: settings.pool,
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_CHARS_MIN,
      maxPasswordLength: 128,
    },
    ...tables,
    session: { ...tables.session, expiresIn: settings.sessionHours * 3_600 },
    // Tries are counted before they come here.
    rateLimit: { enabled: false },
    advanced: {
      ipAddress: { disableIpTracking: true },
      cookiePrefix: https ? '__Host-countersign' : 'countersign',
      useSecureCookies: false,
      // Said, because better-auth's own default looks away where NODE_ENV is `test`.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: https, path: '/' },
      database: { generateId: () => newId() },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            await refusedAsForbidden(settings.beforeSession(session.userId));
            return { data: session };
          },
        },
      },
    },
  });
  return { ...auth, handler: (request: Request) => auth.handler(request).catch(comeAgain) };
}

/** Without a database nobody can sign in; that passes, and is no failure of the server. */
function comeAgain(error: unknown): Response {
  const known = asRetryable(error);
  if (!(known instanceof DomainError)) throw error;
  const { code, message } = known;
  return Response.json({ code, message }, { status: 503, headers: { 'retry-after': '1' } });
}

/** What we refuse on purpose leaves better-auth as a 403, not as a failure of the server. */
async function refusedAsForbidden(check: Promise<void>): Promise<void> {
  try {
    await check;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'system.busy') throw error;
    throw new APIError('FORBIDDEN', { code: error.code, message: error.message });
  }
}

export type PasswordSignIn = ReturnType<typeof passwordSignIn>;
