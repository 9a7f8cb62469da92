import { join } from 'node:path';
import { dataFolder } from '../paths.ts';
import { localEnvironment } from './environment.ts';
import { localSecrets } from './secrets.ts';

/**
 * For a command on one's own machine: what is not set comes from the local stack's own secrets. In production nothing
 * is filled in. The addresses lead nowhere, because such a command calls no provider.
 */
export function commandEnvironment(databaseUrl: string): Readonly<Record<string, string | undefined>> {
  if (process.env['NODE_ENV'] === 'production') return process.env;
  const local = localEnvironment({
    nodeEnv: 'development',
    databaseUrl,
    webPort: 3000,
    secrets: localSecrets(join(dataFolder, 'demo.env')),
    hashdamUrl: 'http://127.0.0.1:9/',
    mblockUrl: 'http://127.0.0.1:9/',
    feeWalletKey: 'none',
    demo: false,
  });
  return { ...local, AUDIT_HEADS_FILE: join(dataFolder, 'audit-heads.jsonl'), ...process.env };
}
