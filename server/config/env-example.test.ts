import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { ENVIRONMENT_VARIABLES } from './environment.ts';
import { loadConfig } from './index.ts';

const example = parseEnv(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8'));

function filledIn(value: string): string {
  return value
    .replace(/<32 random bytes[^>]*>/, randomBytes(32).toString('base64'))
    .replace(/<48 random bytes[^>]*>/, randomBytes(48).toString('base64'))
    .replace(/<https:[^>]*>/, 'https://provider.example/api')
    .replace(/<[^>]+>/, randomBytes(12).toString('hex'));
}

test('the example names every variable of the schema and no other', () => {
  expect(Object.keys(example).sort()).toEqual([...ENVIRONMENT_VARIABLES].sort());
});

test('the example starts the product once its placeholders are filled in', () => {
  const env = Object.fromEntries(Object.entries(example).map(([name, value]) => [name, filledIn(value ?? '')]));
  expect(loadConfig(env).mblockTransit.count).toBe(20);
});

test('the example holds no secret that would work as it stands', () => {
  expect(() => loadConfig(example)).toThrow(/ENCRYPTION_KEYS/);
});
