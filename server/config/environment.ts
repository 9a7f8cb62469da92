import { BlockList } from 'node:net';
import { z } from 'zod';
import { parseAddresses } from './addresses.ts';
import { parseAmountByAsset } from './amount-by-asset.ts';
import { parseEncryptionKeys } from './encryption-keys.ts';
import {
  bnbAmount,
  httpUrl,
  origin,
  parsed,
  postgresUrl,
  secret,
  secretHttpUrl,
  smtpUrl,
  text,
  wholeNumber,
} from './fields.ts';
import { parseModeByAsset } from './mode-by-asset.ts';
import { parseNetworks } from './networks.ts';
import { parseSigningSeeds } from './signing-seeds.ts';

/** The caller of a provider waits this long at most; below ten seconds a slow answer would be read as a lost one. */
const PROVIDER_DEADLINE_MS = 30_000;
const PROVIDER_DEADLINE_MIN_MS = 10_000;
const BREAKER_FAILURES = 5;

const ALLOW_LIST_MODES = ['off', 'warn', 'require'] as const;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const REHEARSALS_ONLY = 'refused: only outside production, and only with both providers on this machine';

export const environment = z
  .object({
    NODE_ENV: z
      .enum(['development', 'test', 'production'], { error: 'malformed: development, test or production' })
      .default('production'),
    DATABASE_URL: postgresUrl('postgres://user:password@host:port/database'),
    DATABASE_DIRECT_URL: postgresUrl('postgres://user:password@host:port/database').optional(),
    PORT: wholeNumber('a port number', { min: 1, max: 65_535 }).default(3000),
    APP_URL: origin('http(s)://host[:port] without a path').optional(),
    AUTH_SECRET: secret('32 random characters or more', 32),
    ENCRYPTION_KEYS: parsed('id:base64 of 32 random bytes', parseEncryptionKeys),
    HASHDAM_API_BASE_URL: httpUrl('the whole address of the HashDam endpoint'),
    HASHDAM_API_KEY: secret('the HashDam API key'),
    MBLOCK_API_BASE_URL: httpUrl('the whole address of the MBlock endpoint'),
    MBLOCK_API_KEY: secret('the MBlock API key'),
    MBLOCK_TRANSIT_FEE: bnbAmount('BNB as plain decimal text, such as 0.0005'),
    MBLOCK_TRANSIT_FEE_WALLET_KEY: secret('the wallet key of the gas wallet'),
    MBLOCK_TRANSIT_DELAY_S: wholeNumber('whole seconds between checks', { min: 1, max: 86_400 }),
    MBLOCK_TRANSIT_COUNT: wholeNumber('how many checks', { min: 1, max: 10_000 }),
    MBLOCK_CALLBACK_ADDRESSES: parsed('addresses or networks, separated by commas', parseNetworks).optional(),
    PROVIDER_DEADLINE_MS: wholeNumber('whole milliseconds', { min: 1, max: 600_000 }).default(PROVIDER_DEADLINE_MS),
    APPROVAL_TWO_PERSON_FROM: parsed('ASSET:amount, such as DOGE:1000,LTC:1', parseAmountByAsset).default(new Map()),
    BREAKER_FAILURES: wholeNumber('a whole number of the last ten', { min: 1, max: 10 }).default(BREAKER_FAILURES),
    BREAKER_VALUE_PER_HOUR: parsed('ASSET:amount, such as DOGE:100000,LTC:50', parseAmountByAsset).default(new Map()),
    RISK_HOLD_FROM: parsed('ASSET:amount, such as DOGE:50000,LTC:20', parseAmountByAsset).default(new Map()),
    RISK_AMOUNT_MAX: parsed('ASSET:amount, such as DOGE:100000,LTC:50', parseAmountByAsset).default(new Map()),
    RISK_DAY_MAX: parsed('ASSET:amount, such as DOGE:100000,LTC:50', parseAmountByAsset).default(new Map()),
    RISK_WEEK_MAX: parsed('ASSET:amount, such as DOGE:300000,LTC:150', parseAmountByAsset).default(new Map()),
    RISK_MONTH_MAX: parsed('ASSET:amount, such as DOGE:900000,LTC:450', parseAmountByAsset).default(new Map()),
    RISK_REQUESTS_PER_HOUR_MAX: wholeNumber('a whole number', { min: 1, max: 100_000 }).optional(),
    RISK_DEVICE_AGE_MIN_HOURS: wholeNumber('whole hours', { min: 0, max: 8_760 }).default(0),
    RISK_NETWORKS_ALLOWED: parsed('addresses or networks, separated by commas', parseNetworks).optional(),
    RISK_NETWORKS_DENIED: parsed('addresses or networks, separated by commas', parseNetworks).default(new BlockList()),
    SCREENING_URL: secretHttpUrl('the address of a screening service').optional(),
    SCREENING_SECRET: secret('32 random characters or more', 32).optional(),
    ALLOW_LIST: parsed('ASSET:off, ASSET:warn or ASSET:require', parseModeByAsset(ALLOW_LIST_MODES)).default({
      modes: new Map(),
      otherwise: 'off',
    }),
    ALLOW_LIST_COOL_DOWN_HOURS: wholeNumber('whole hours', { min: 0, max: 720 }).default(24),
    ALERT_WEBHOOK_URL: secretHttpUrl('the address of a Slack or Discord webhook').optional(),
    SMTP_URL: smtpUrl('smtp(s)://user:password@host:port').optional(),
    AUDIT_SIGNING_KEYS: parsed('32 random bytes in base64', parseSigningSeeds).default([]),
    AUDIT_HEADS_FILE: text('the path of a file').startsWith('/', { error: 'malformed: a path from /' }).optional(),
    AUDIT_HEADS_WEBHOOK_URL: secretHttpUrl('the address that keeps heads of the record').optional(),
    NOTIFICATIONS_KEPT_DAYS: wholeNumber('whole days', { min: 30, max: 36_500 }).default(400),
    QUIET_PERIOD_MS: wholeNumber('whole milliseconds', { min: 1, max: 86_400_000 }).optional(),
    TRANSIT_FINAL_WORD_MS: wholeNumber('whole milliseconds', { min: 1, max: 86_400_000 }).optional(),
    COMPANY_ADDRESSES: parsed('chain addresses of the company, separated by commas', parseAddresses).default([]),
    SESSION_HOURS: wholeNumber('whole hours', { min: 1, max: 24 }).default(12),
    SESSION_IDLE_MINUTES: wholeNumber('whole minutes', { min: 1, max: 1_440 }).default(15),
    NEWCOMER_WAIT_HOURS: wholeNumber('whole hours', { min: 0, max: 720 }).default(24),
    TRUSTED_PROXIES: parsed('addresses of proxies, separated by commas', parseNetworks).default(new BlockList()),
    LOG_LEVEL: z.enum(LOG_LEVELS, { error: `malformed: one of ${LOG_LEVELS.join(', ')}` }).default('info'),
    DEMO: text('1 or 0')
      .regex(/^[01]$/, { error: 'malformed: 1 or 0' })
      .transform((value) => value === '1')
      .default(false),
  })
  .refine((env) => env.NODE_ENV === 'test' || env.PROVIDER_DEADLINE_MS > PROVIDER_DEADLINE_MIN_MS, {
    path: ['PROVIDER_DEADLINE_MS'],
    error: `out of range: more than ${PROVIDER_DEADLINE_MIN_MS}`,
  })
  .refine((env) => env.AUDIT_SIGNING_KEYS.length > 0 || !(env.AUDIT_HEADS_FILE || env.AUDIT_HEADS_WEBHOOK_URL), {
    path: ['AUDIT_SIGNING_KEYS'],
    error: 'missing: only a signed head can be sent out',
  })
  .refine((env) => (env.SCREENING_URL === undefined) === (env.SCREENING_SECRET === undefined), {
    path: ['SCREENING_SECRET'],
    error: 'missing: the screening service has an address and a secret, or neither',
  })
  .refine((env) => env.QUIET_PERIOD_MS === undefined || isRehearsal(env), {
    path: ['QUIET_PERIOD_MS'],
    error: REHEARSALS_ONLY,
  })
  .refine((env) => env.TRANSIT_FINAL_WORD_MS === undefined || isRehearsal(env), {
    path: ['TRANSIT_FINAL_WORD_MS'],
    error: REHEARSALS_ONLY,
  });

/** Nothing real can be paid: both providers are simulators on this machine. */
function isRehearsal(env: { NODE_ENV: string; HASHDAM_API_BASE_URL: string; MBLOCK_API_BASE_URL: string }): boolean {
  const urls = [env.HASHDAM_API_BASE_URL, env.MBLOCK_API_BASE_URL];
  return env.NODE_ENV !== 'production' && urls.every((url) => LOOPBACK.includes(new URL(url).hostname));
}

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

export type Environment = z.output<typeof environment>;

/** Every variable the product reads. */
export const ENVIRONMENT_VARIABLES: readonly string[] = Object.keys(environment.shape);
