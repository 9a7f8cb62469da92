/** An environment that `loadConfig` accepts; no database is behind it. `undefined` takes a variable out. */
export function completeEnvironment(
  changes: Readonly<Record<string, string | undefined>> = {},
): Record<string, string | undefined> {
  return {
    NODE_ENV: 'test',
    DATABASE_URL: 'postgres://countersign:open-sesame@127.0.0.1:5432/countersign',
    AUTH_SECRET: 'auth-secret-of-the-tests-0123456789',
    ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    HASHDAM_API_BASE_URL: 'http://127.0.0.1:4001/api',
    HASHDAM_API_KEY: 'hashdam-key-of-the-tests',
    MBLOCK_API_BASE_URL: 'http://127.0.0.1:4002/api',
    MBLOCK_API_KEY: 'mblock-key-of-the-tests',
    MBLOCK_TRANSIT_FEE: '0.0005',
    MBLOCK_TRANSIT_FEE_WALLET_KEY: 'gas-wallet-key-of-the-tests',
    MBLOCK_TRANSIT_DELAY_S: '30',
    MBLOCK_TRANSIT_COUNT: '20',
    APPROVAL_TWO_PERSON_FROM: 'DOGE:1000,LTC:1',
    LOG_LEVEL: 'silent',
    ...changes,
  };
}
