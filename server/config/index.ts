export type { Config, ProviderConfig, TransitConfig } from './config.ts';
export type { EncryptionKey } from './encryption-keys.ts';
export { ConfigError, loadConfig } from './load-config.ts';
export { createLogger, type Logger } from './logger.ts';
export type { TwoPersonFrom } from './two-person-from.ts';
