import type { LocalSecrets } from './secrets.ts';

export interface LocalParts {
  readonly nodeEnv: 'production' | 'development';
  readonly databaseUrl: string;
  readonly webPort: number;
  readonly secrets: LocalSecrets;
  readonly hashdamUrl: string;
  readonly mblockUrl: string;
  readonly feeWalletKey: string;
  readonly demo: boolean;
}

/** Every variable of the product, for a stack on one's own machine. Complete, so that no setting of the caller shines through. */
export const localEnvironment = (parts: LocalParts): Record<string, string> => ({
  NODE_ENV: parts.nodeEnv,
  DATABASE_URL: parts.databaseUrl,
  DATABASE_DIRECT_URL: parts.databaseUrl,
  PORT: String(parts.webPort),
  APP_URL: `http://localhost:${parts.webPort}`,
  AUTH_SECRET: parts.secrets.AUTH_SECRET,
  ENCRYPTION_KEYS: parts.secrets.ENCRYPTION_KEYS,
  AUDIT_SIGNING_KEYS: parts.secrets.AUDIT_SIGNING_KEYS,
  HASHDAM_API_BASE_URL: parts.hashdamUrl,
  HASHDAM_API_KEY: parts.secrets.HASHDAM_API_KEY,
  MBLOCK_API_BASE_URL: parts.mblockUrl,
  MBLOCK_API_KEY: parts.secrets.MBLOCK_API_KEY,
  MBLOCK_TRANSIT_FEE: '0.0005',
  MBLOCK_TRANSIT_FEE_WALLET_KEY: parts.feeWalletKey,
  MBLOCK_TRANSIT_DELAY_S: '5',
  MBLOCK_TRANSIT_COUNT: '12',
  MBLOCK_CALLBACK_ADDRESSES: '',
  PROVIDER_DEADLINE_MS: '30000',
  APPROVAL_TWO_PERSON_FROM: 'DOGE:1000,LTC:1',
  BREAKER_FAILURES: '5',
  BREAKER_VALUE_PER_HOUR: '',
  COMPANY_ADDRESSES: '',
  NOTIFICATIONS_KEPT_DAYS: '400',
  SESSION_HOURS: '12',
  // A rehearsal's people read for hours and touch nothing.
  SESSION_IDLE_MINUTES: parts.demo ? '15' : '720',
  TRUSTED_PROXIES: '',
  LOG_LEVEL: 'info',
  DEMO: parts.demo ? '1' : '0',
});
