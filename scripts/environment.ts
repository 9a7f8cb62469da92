import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError, loadConfig } from '#server/config/index.ts';
import { projectFolder } from './paths.ts';
import { refuse } from './processes/refuse.ts';

/** Takes `.env` of the checkout in, as Next does; what is set already stays. */
export function readEnvFile(): void {
  const file = join(projectFolder, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/** Next sends figures about its use to its makers unless told not to; a console that moves money tells nobody. */
export const NO_TELEMETRY = { NEXT_TELEMETRY_DISABLED: '1' } as const;

/** What web and worker start with: `.env`, and production unless something else is asked for. */
export function prepareServerEnvironment(): void {
  readEnvFile();
  Object.assign(process.env, NO_TELEMETRY, { NODE_ENV: process.env.NODE_ENV ?? 'production' });
}

/** The configuration; or the lines that say what is wrong with it, and exit 1. */
export function configOrRefuse(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  try {
    return loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) refuse(error.message);
    throw error;
  }
}
