import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leaksIn, overBudgetIn, serverActionsIn } from './client-bundle.ts';
import { hashOfInputs, isBuilt, stampOf } from './inputs.ts';

let folder = '';
const put = (path: string, text: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a build', () => {
  test('is stale when a source changes, and not when a test does', () => {
    put('app/page.tsx', 'one');
    const before = hashOfInputs(folder);
    put('app/page.test.tsx', 'a test');
    expect(hashOfInputs(folder)).toBe(before);
    put('app/page.tsx', 'two');
    expect(hashOfInputs(folder)).not.toBe(before);
  });

  test('counts once it is finished and made from the same sources', () => {
    put('app/page.tsx', 'one');
    const hash = hashOfInputs(folder);
    expect(isBuilt(folder, hash)).toBe(false);
    put('.next/BUILD_ID', 'x');
    writeFileSync(stampOf(folder), hash);
    expect(isBuilt(folder, hash)).toBe(true);
    expect(isBuilt(folder, 'another')).toBe(false);
  });
});

describe('the client bundle', () => {
  test.each(['wallet_key', 'walletKey', 'X-MBLOCK-Key', 'postgres://u:p@h/d', 'ENCRYPTION_KEYS', 'AUTH_SECRET'])(
    'may not hold %s',
    (word) => {
      put('chunks/main.js', `const x="${word}";`);
      expect(leaksIn(folder)).toHaveLength(1);
    },
  );

  test('passes without such words', () => {
    put('chunks/main.js', 'const wallet="key"; process.env.NODE_ENV');
    expect(leaksIn(folder)).toEqual([]);
  });

  test('that is not there does not pass', () => {
    expect(leaksIn(folder)).toHaveLength(1);
  });
});

describe('server actions', () => {
  test('none is fine, one is named', () => {
    put('server-reference-manifest.json', '{"node":{},"edge":{}}');
    expect(serverActionsIn(folder)).toEqual([]);
    put('server-reference-manifest.json', '{"node":{"abc":{}},"edge":{}}');
    expect(serverActionsIn(folder)).toEqual(['server action abc']);
  });
});

describe('the list of withdrawals', () => {
  const built = (kb: number) => {
    const page = '/(console)/withdrawals/page';
    const modules = { clientModules: { list: { chunks: ['/_next/static/list.js', '/_next/static/shell.js'] } } };
    put('build-manifest.json', JSON.stringify({ rootMainFiles: ['static/root.js', 'static/shell.js'] }));
    put(`server/app/${page}_client-reference-manifest.js`, `globalThis.M["${page}"] = ${JSON.stringify(modules)};\n`);
    put('static/root.js', 'root');
    put('static/list.js', 'list');
    put('static/shell.js', randomBytes(kb * 1024).toString('latin1'));
  };

  test('keeps to its budget of JavaScript', () => {
    built(100);
    expect(overBudgetIn(folder)).toEqual([]);
  });

  test('that names no scripts does not pass', () => {
    built(100);
    put(
      'server/app/(console)/withdrawals/page_client-reference-manifest.js',
      'globalThis.M["/(console)/withdrawals/page"] = {"clientModules":{}};',
    );
    expect(overBudgetIn(folder)).toEqual([expect.stringContaining('nothing was counted')]);
  });

  test('is named when it brings too much along', () => {
    built(200);
    expect(overBudgetIn(folder)).toEqual([expect.stringContaining('180 are its budget')]);
  });
});
