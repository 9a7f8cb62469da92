import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrowser } from './browser.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the browser that is asked for is the one that is used', () => {
  const own = join(folder, 'chromium');
  writeFileSync(own, '');
  chmodSync(own, 0o755);
  expect(findBrowser({ CHROMIUM_PATH: own })).toBe(own);
});

test.each(['missing', 'not-executable'])('one that is %s is not silently replaced by another', (name) => {
  writeFileSync(join(folder, 'not-executable'), '', { mode: 0o644 });
  expect(findBrowser({ CHROMIUM_PATH: join(folder, name) })).toBeUndefined();
});
