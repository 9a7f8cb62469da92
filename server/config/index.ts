export type { Config } from './config.ts';
export { ConfigError, loadConfig } from './load-config.ts';
export { createLogger, type Logger } from './logger.ts';
