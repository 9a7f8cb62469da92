import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { completeEnvironment } from '#server/testing/complete-environment.ts';
import { ConfigError, loadConfig } from './index.ts';

function linesOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
}

describe('a complete environment', () => {
  test('becomes a frozen config', () => {
    const config = loadConfig(completeEnvironment());
    expect(config.hashdam.url).toBe('http://127.0.0.1:4001/api');
    expect(config.mblockTransit.fee.toString()).toBe('0.0005');
    expect(config.databaseDirectUrl.reveal()).toBe(config.databaseUrl.reveal());
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('takes the address from the port when no address is given', () => {
    expect(loadConfig(completeEnvironment({ PORT: '3105' })).appUrl).toBe('http://localhost:3105');
  });

  test('reduces the address to its origin', () => {
    expect(loadConfig(completeEnvironment({ APP_URL: 'https://Console.Example/' })).appUrl).toBe(
      'https://console.example',
    );
  });

  test('prints no secret, however it is printed', () => {
    const env = completeEnvironment();
    const config = loadConfig(env);
    const printed = `${JSON.stringify(config)}${inspect(config, { depth: 9 })}`;
    for (const name of [
      'AUTH_SECRET',
      'HASHDAM_API_KEY',
      'MBLOCK_API_KEY',
      'MBLOCK_TRANSIT_FEE_WALLET_KEY',
      'DATABASE_URL',
    ])
      expect(printed).not.toContain(env[name]);
  });
});

test('an address of the company whose checksum is wrong stops the start, and is named', () => {
  const right = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
  const COMPANY_ADDRESSES = `${right}, ${right.toLowerCase()}`;
  expect(loadConfig(completeEnvironment({ COMPANY_ADDRESSES })).companyAddresses).toHaveLength(2);
  const wrong = right.replace('5aA', '5AA');
  expect(linesOf(completeEnvironment({ COMPANY_ADDRESSES: wrong }))).toEqual([
    `COMPANY_ADDRESSES: malformed: the checksum of ${wrong} is wrong: a character of it was mistyped`,
  ]);
});

describe('an environment that lacks something', () => {
  test('is refused with one line per variable', () => {
    const lines = linesOf({ NODE_ENV: 'production' });
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'DATABASE_URL',
      'AUTH_SECRET',
      'ENCRYPTION_KEYS',
      'HASHDAM_API_BASE_URL',
      'HASHDAM_API_KEY',
      'MBLOCK_API_BASE_URL',
      'MBLOCK_API_KEY',
      'MBLOCK_TRANSIT_FEE',
      'MBLOCK_TRANSIT_FEE_WALLET_KEY',
      'MBLOCK_TRANSIT_DELAY_S',
      'MBLOCK_TRANSIT_COUNT',
    ]);
    expect(lines.every((line) => line.includes('missing'))).toBe(true);
  });

  test('counts an empty value as missing', () => {
    expect(linesOf(completeEnvironment({ AUTH_SECRET: ' ' }))).toEqual([
      'AUTH_SECRET: missing: 32 random characters or more',
    ]);
  });

  test.each([
    ['DATABASE_URL', 'mysql://root@127.0.0.1/x'],
    ['PORT', '0'],
    ['PORT', '3000.5'],
    ['APP_URL', 'https://console.example/path'],
    ['APP_URL', 'https://user@console.example'],
    ['AUTH_SECRET', 'thirty-one-characters-are-short'],
    ['HASHDAM_API_BASE_URL', 'pool.example'],
    ['MBLOCK_TRANSIT_FEE', '5e-4'],
    ['MBLOCK_TRANSIT_DELAY_S', '0'],
    ['MBLOCK_TRANSIT_COUNT', 'many'],
    ['PROVIDER_DEADLINE_MS', '-1'],
    ['LOG_LEVEL', 'loud'],
    ['DEMO', 'yes'],
    ['NODE_ENV', 'staging'],
    ['APPROVAL_TWO_PERSON_FROM', 'DOGE'],
    ['APPROVAL_TWO_PERSON_FROM', 'DOGE:1e3'],
    ['APPROVAL_TWO_PERSON_FROM', 'DOGE:1,DOGE:2'],
    ['ENCRYPTION_KEYS', 'k1'],
    ['ENCRYPTION_KEYS', `k1:${Buffer.alloc(16).toString('base64')}`],
  ])('names %s alone and does not quote %j', (name, value) => {
    const lines = linesOf(completeEnvironment({ [name]: value }));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}: `));
  });

  test('never quotes a refused secret', () => {
    const [line] = linesOf(completeEnvironment({ AUTH_SECRET: 'hunter2' }));
    expect(line).not.toContain('hunter2');
  });
});

describe('the provider deadline', () => {
  test('must exceed ten seconds', () => {
    expect(linesOf(completeEnvironment({ NODE_ENV: 'production', PROVIDER_DEADLINE_MS: '10000' }))).toEqual([
      'PROVIDER_DEADLINE_MS: out of range: more than 10000',
    ]);
  });

  test('may be short in tests', () => {
    expect(loadConfig(completeEnvironment({ PROVIDER_DEADLINE_MS: '50' })).providerDeadlineMs).toBe(50);
  });
});

describe('what people wait for', () => {
  const rehearsal = { NODE_ENV: 'test', QUIET_PERIOD_MS: '30000', TRANSIT_FINAL_WORD_MS: '20000' };
  const REFUSED = ['QUIET_PERIOD_MS', 'TRANSIT_FINAL_WORD_MS'].map(
    (name) => `${name}: refused: only outside production, and only with both providers on this machine`,
  );

  test('is shortened in a rehearsal on this machine alone', () => {
    const shortened = { quietPeriodMs: 30_000, transitFinalWordMs: 20_000 };
    expect(loadConfig(completeEnvironment(rehearsal))).toMatchObject(shortened);
    expect(loadConfig(completeEnvironment())).toMatchObject({ quietPeriodMs: null, transitFinalWordMs: null });
  });

  test.each([
    ['in production', { NODE_ENV: 'production' }],
    ['with the pool elsewhere', { HASHDAM_API_BASE_URL: 'https://pool.example/api' }],
    ['with the wallet provider elsewhere', { MBLOCK_API_BASE_URL: 'https://127.0.0.1.example/api' }],
  ])('stops the start %s', (_where, changed) => {
    expect(linesOf(completeEnvironment({ ...rehearsal, ...changed }))).toEqual(REFUSED);
  });
});

describe('lists', () => {
  test('the first key encrypts, the others stay for reading', () => {
    const base64 = Buffer.alloc(32, 7).toString('base64');
    const { encryptionKeys } = loadConfig(completeEnvironment({ ENCRYPTION_KEYS: `new:${base64}, old:${base64}` }));
    expect(encryptionKeys.map((key) => key.id)).toEqual(['new', 'old']);
    expect(encryptionKeys[0]?.base64.reveal()).toBe(base64);
  });

  test('an asset on a chain is named with its colon', () => {
    const config = loadConfig(completeEnvironment({ APPROVAL_TWO_PERSON_FROM: 'DOGE:1000,BSC:BNB:0.5' }));
    expect(config.approvalTwoPersonFrom.get('BSC:BNB')?.toString()).toBe('0.5');
    expect(config.approvalTwoPersonFrom.get('LTC')).toBeUndefined();
  });
});
