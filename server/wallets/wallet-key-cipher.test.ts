import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import { WalletKeyCipher } from './wallet-key-cipher.ts';

const key = (id: string, byte: number) => ({ id, base64: new Secret(Buffer.alloc(32, byte).toString('base64')) });
const WALLET_KEY = 'wallet-key-of-a-member';
const walletId = newId();
const cipher = new WalletKeyCipher([key('k1', 1)]);
const sealed = () => cipher.seal(new Secret(WALLET_KEY), walletId);

describe('a sealed wallet key', () => {
  test('opens for its own wallet', () => {
    expect(cipher.open(sealed(), walletId).reveal()).toBe(WALLET_KEY);
  });

  test('is text that shows nothing of it, and is another one each time', () => {
    const [first, second] = [sealed(), sealed()];
    expect(first).toMatch(/^v1:k1:[\w+/=]+:[\w+/=]+:[\w+/=]+$/);
    expect(first).not.toContain(WALLET_KEY);
    expect(Buffer.from(first.split(':').at(-1) ?? '', 'base64').toString()).not.toContain(WALLET_KEY);
    expect(second).not.toBe(first);
  });

  test('does not open for another wallet', () => {
    expect(() => cipher.open(sealed(), newId())).toThrow();
  });

  test('does not open when any part of it was altered', () => {
    const parts = sealed().split(':');
    for (const part of [2, 3, 4]) {
      const bytes = Buffer.from(parts[part] ?? '', 'base64');
      for (let at = 0; at < bytes.length; at += 1) {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
        const altered = parts.with(part, flipped.toString('base64')).join(':');
        expect(() => cipher.open(altered, walletId)).toThrow();
      }
    }
  });

  test.each([
    [
      'its tag cut short',
      (parts: string[]) =>
        parts.with(
          3,
          Buffer.from(parts[3] ?? '', 'base64')
            .subarray(0, 4)
            .toString('base64'),
        ),
    ],
    ['its tag taken away', (parts: string[]) => parts.with(3, '')],
    ['its text taken away', (parts: string[]) => parts.with(4, '')],
    ['another version', (parts: string[]) => parts.with(0, 'v2')],
    ['nothing but a word', () => ['nonsense']],
  ])('does not open with %s', (_what, alter) => {
    expect(() => cipher.open(alter(sealed().split(':')).join(':'), walletId)).toThrow();
  });

  test('opens with an older key after a newer one came first', () => {
    const rotated = new WalletKeyCipher([key('k2', 2), key('k1', 1)]);
    expect(rotated.open(sealed(), walletId).reveal()).toBe(WALLET_KEY);
    expect(rotated.seal(new Secret(WALLET_KEY), walletId)).toMatch(/^v1:k2:/);
  });

  test('is refused when its key is not here, and the refusal names the key and nothing else', () => {
    const other = new WalletKeyCipher([key('k9', 9)]);
    expect(() => other.open(sealed(), walletId)).toThrow('no encryption key "k1" to open a wallet key with');
  });

  test('does not open with another key of the same name', () => {
    expect(() => new WalletKeyCipher([key('k1', 3)]).open(sealed(), walletId)).toThrow();
  });
});

test('the cipher shows no key of its own', () => {
  const shown = inspect(cipher, { showHidden: true, depth: 9 }) + JSON.stringify(cipher);
  expect(shown).not.toContain(Buffer.alloc(32, 1).toString('base64'));
  expect(shown).not.toContain('01 01 01');
});

test('there is no cipher without a key', () => {
  expect(() => new WalletKeyCipher([])).toThrow(TypeError);
});
