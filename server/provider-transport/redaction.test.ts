import { describe, expect, test } from 'vitest';
import { EVIDENCE_BODY_CHARS_MAX } from '#server/kernel/provider-outcome.ts';
import { Secret } from '#server/kernel/secret.ts';
import { redact } from './redaction.ts';

const key = 'k/e"y\\+ä😀=42';
const secrets = [new Secret(key)];
const escapedWhole = [...key]
  .map((at) => [...Array(at.length).keys()].map((i) => unicode(at.charCodeAt(i))).join(''))
  .join('');

function unicode(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0').toUpperCase()}`;
}

describe('a known secret is hidden', () => {
  test.each([
    ['as it is', key],
    ['as a JSON text', JSON.stringify(key).slice(1, -1)],
    ['with escaped slashes', JSON.stringify(key).slice(1, -1).replaceAll('/', '\\/')],
    ['in \\u escapes', escapedWhole],
    ['in a URL', encodeURIComponent(key)],
  ])('%s', (_form, spelled) => {
    expect(redact(`before ${spelled} after`, secrets)).toBe('before [hidden] after');
  });

  test('at the end of a reply that breaks off inside it', () => {
    expect(redact('{"echo":"super-secret-k', [new Secret('super-secret-key')])).toBe('{"echo":"[hidden]');
  });

  test('before the text is cut to its size', () => {
    const long = `${'x'.repeat(EVIDENCE_BODY_CHARS_MAX - 3)}super-secret-key`;
    const clean = redact(long, [new Secret('super-secret-key')]);
    expect(clean).toHaveLength(EVIDENCE_BODY_CHARS_MAX);
    expect(clean).not.toContain('sup');
  });
});

test.each([
  ['{"walletKey":"abc","a":1}', '{"walletKey":"[hidden]","a":1}'],
  ['{"feeWalletKey" : "a\\"bc"}', '{"feeWalletKey" : "[hidden]"}'],
  ['{"walletKey":"abc', '{"walletKey":"[hidden]"'],
  ['{"walletKey":"abc\\', '{"walletKey":"[hidden]"'],
  ['{"callback":"https://x/secret"}', '{"callback":"[hidden]"}'],
])('a field that holds a secret is hidden without knowing it: %s', (text, clean) => {
  expect(redact(text, [])).toBe(clean);
});

test('what is kept can be stored: no NUL, and no character cut in half', () => {
  expect(redact('a\u0000b', [])).toBe('a\ufffdb');
  expect(redact(`${'x'.repeat(EVIDENCE_BODY_CHARS_MAX - 1)}😀`, []).at(-1)).toBe('\ufffd');
});
