import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config } from './config.ts';

export type { Logger } from 'pino';

/** Names whose value never reaches a log line, at the top of the event and up to three levels below it. */
const HIDDEN_NAMES = [
  'apiKey',
  'authorization',
  'authSecret',
  'cookie',
  'databaseUrl',
  'encryptionKey',
  'feeWalletKey',
  'password',
  'secret',
  'set-cookie',
  'token',
  'walletKey',
  'x-api-key',
] as const;
const NESTING = ['', '*.', '*.*.', '*.*.*.'] as const;

const HIDDEN_PATHS = NESTING.flatMap((nesting) =>
  HIDDEN_NAMES.map((name) => (name.includes('-') ? `${nesting.slice(0, -1)}["${name}"]` : `${nesting}${name}`)),
);

/** One JSON line per event, ISO times, level as a word. */
export function createLogger(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
  const options = {
    level: config.logLevel,
    base: undefined,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: [...HIDDEN_PATHS], censor: '[hidden]' },
  };
  return destination ? pino(options, destination) : pino(options);
}
