import type { BlockList } from 'node:net';
import type { Amount } from '#server/kernel/amount.ts';
import type { Secret } from '#server/kernel/secret.ts';
import type { AmountByAsset } from './amount-by-asset.ts';
import type { EncryptionKey } from './encryption-keys.ts';
import type { Environment } from './environment.ts';
import type { ModeByAsset } from './mode-by-asset.ts';

export interface ProviderConfig {
  /** The whole endpoint: nothing is appended. */
  readonly url: string;
  readonly apiKey: Secret;
}

export interface TransitConfig {
  readonly fee: Amount;
  readonly feeWalletKey: Secret;
  readonly delayS: number;
  readonly count: number;
}

/** All that the environment decides, read once at start. Frozen. */
export interface Config {
  readonly nodeEnv: Environment['NODE_ENV'];
  readonly databaseUrl: Secret;
  /** Past any pooler, for LISTEN and session locks. */
  readonly databaseDirectUrl: Secret;
  readonly port: number;
  /** Scheme, host and port, no trailing slash. */
  readonly appUrl: string;
  readonly authSecret: Secret;
  /** The first one encrypts, all of them decrypt. */
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly hashdam: ProviderConfig;
  readonly mblock: ProviderConfig;
  readonly mblockTransit: TransitConfig;
  /** Where transits are reported from; null: from anywhere. */
  readonly callbackNetworks: BlockList | null;
  readonly providerDeadlineMs: number;
  /** From this amount on two people approve. An asset that is not named always needs two. */
  readonly approvalTwoPersonFrom: AmountByAsset;
  /** So many failures among the last ten attempts stop sending to a provider. */
  readonly breakerFailures: number;
  /** What may be sent of an asset in a rolling hour; an asset that is not named has no limit. */
  readonly breakerValuePerHour: AmountByAsset;
  /** Where the rules of risk draw their lines; see `RiskSettings`. */
  readonly risk: {
    readonly holdFrom: AmountByAsset;
    readonly amountMax: AmountByAsset;
    readonly limits: { readonly day: AmountByAsset; readonly week: AmountByAsset; readonly month: AmountByAsset };
    readonly requestsPerHourMax: number | null;
    readonly deviceAgeMinHours: number;
    readonly networksAllowed: BlockList | null;
    readonly networksDenied: BlockList;
    readonly allowList: ModeByAsset<'off' | 'warn' | 'require'> & { readonly coolDownHours: number };
  };
  /** Who is asked about addresses before anybody votes; null: nobody. */
  readonly screening: { readonly url: Secret; readonly secret: Secret } | null;
  /** Where people are told what needs them; absent: nobody is. */
  readonly alertWebhookUrl: Secret | undefined;
  readonly smtpUrl: Secret | undefined;
  /** What signs heads of the record's chain, and where they are sent; without a key nothing is. */
  readonly audit: {
    readonly signingSeeds: readonly Secret[];
    readonly headsFile: string | undefined;
    readonly headsWebhookUrl: Secret | undefined;
  };
  /** How long messages and their deliveries are kept. */
  readonly notificationsKeptDays: number;
  /** Null: as long as it really takes. */
  readonly quietPeriodMs: number | null;
  /** How long a transit is waited for before people look. Null: as long as the engine's own rule says. */
  readonly transitFinalWordMs: number | null;
  /** Chain addresses of the company's own treasury, as they were written. */
  readonly companyAddresses: readonly string[];
  /** How long a sign-in lasts: at the most, and with nobody doing anything. */
  readonly session: { readonly hours: number; readonly idleMinutes: number };
  /** How long a right that a colleague gave makes nobody one of several people. */
  readonly newcomerWaitHours: number;
  /** Whose `X-Forwarded-For` counts. */
  readonly trustedProxies: BlockList;
  readonly logLevel: Environment['LOG_LEVEL'];
  /** Set by `npm run demo` and `npm run dev` alone: shows the DEMO banner. */
  readonly demo: boolean;
}

export function toConfig(env: Environment): Config {
  return Object.freeze<Config>({
    nodeEnv: env.NODE_ENV,
    databaseUrl: env.DATABASE_URL,
    databaseDirectUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    port: env.PORT,
    appUrl: env.APP_URL ?? `http://localhost:${env.PORT}`,
    authSecret: env.AUTH_SECRET,
    encryptionKeys: Object.freeze(env.ENCRYPTION_KEYS),
    hashdam: Object.freeze({ url: env.HASHDAM_API_BASE_URL, apiKey: env.HASHDAM_API_KEY }),
    mblock: Object.freeze({ url: env.MBLOCK_API_BASE_URL, apiKey: env.MBLOCK_API_KEY }),
    mblockTransit: Object.freeze({
      fee: env.MBLOCK_TRANSIT_FEE,
      feeWalletKey: env.MBLOCK_TRANSIT_FEE_WALLET_KEY,
      delayS: env.MBLOCK_TRANSIT_DELAY_S,
      count: env.MBLOCK_TRANSIT_COUNT,
    }),
    callbackNetworks: env.MBLOCK_CALLBACK_ADDRESSES ?? null,
    providerDeadlineMs: env.PROVIDER_DEADLINE_MS,
    approvalTwoPersonFrom: env.APPROVAL_TWO_PERSON_FROM,
    alertWebhookUrl: env.ALERT_WEBHOOK_URL,
    smtpUrl: env.SMTP_URL,
    audit: Object.freeze({
      signingSeeds: Object.freeze(env.AUDIT_SIGNING_KEYS),
      headsFile: env.AUDIT_HEADS_FILE,
      headsWebhookUrl: env.AUDIT_HEADS_WEBHOOK_URL,
    }),
    notificationsKeptDays: env.NOTIFICATIONS_KEPT_DAYS,
    quietPeriodMs: env.QUIET_PERIOD_MS ?? null,
    transitFinalWordMs: env.TRANSIT_FINAL_WORD_MS ?? null,
    breakerFailures: env.BREAKER_FAILURES,
    breakerValuePerHour: env.BREAKER_VALUE_PER_HOUR,
    risk: Object.freeze({
      holdFrom: env.RISK_HOLD_FROM,
      amountMax: env.RISK_AMOUNT_MAX,
      limits: Object.freeze({ day: env.RISK_DAY_MAX, week: env.RISK_WEEK_MAX, month: env.RISK_MONTH_MAX }),
      requestsPerHourMax: env.RISK_REQUESTS_PER_HOUR_MAX ?? null,
      deviceAgeMinHours: env.RISK_DEVICE_AGE_MIN_HOURS,
      networksAllowed: env.RISK_NETWORKS_ALLOWED ?? null,
      networksDenied: env.RISK_NETWORKS_DENIED,
      allowList: Object.freeze({ ...env.ALLOW_LIST, coolDownHours: env.ALLOW_LIST_COOL_DOWN_HOURS }),
    }),
    screening: screeningOf(env),
    companyAddresses: Object.freeze(env.COMPANY_ADDRESSES),
    newcomerWaitHours: env.NEWCOMER_WAIT_HOURS,
    session: Object.freeze({ hours: env.SESSION_HOURS, idleMinutes: env.SESSION_IDLE_MINUTES }),
    trustedProxies: env.TRUSTED_PROXIES,
    logLevel: env.LOG_LEVEL,
    demo: env.DEMO,
  });
}

function screeningOf({ SCREENING_URL: url, SCREENING_SECRET: secret }: Environment): Config['screening'] {
  return url && secret ? Object.freeze({ url, secret }) : null;
}
