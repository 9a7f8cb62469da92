import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

// Row 24: who may do what is decided in each procedure. Without the file that Next runs before a page, the answers would be
// the same.

const root = join(import.meta.dirname, '..', '..');
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

describe('the file that runs before a page', () => {
  const IMPORTED = /(?:\bfrom |\bimport\(|\brequire\(|^import )['"]([^'"]+)['"]/gm;
  const importedBy = (text: string) => [...text.matchAll(IMPORTED)].map(([, name]) => name);
  /** To know who asks, or to send them elsewhere. */
  const DECIDES = /cookie|authorization|headers\.(?:get|has|entries|forEach)\b|redirect|rewrite/i;
  const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

  test('has nothing to decide with: no session, no database, nothing of ours', () => {
    expect(importedBy(textOf('proxy.ts'))).toEqual(['node:crypto', 'next/server']);
  });

  test('reads neither a cookie nor a key, and sends nobody elsewhere', () => {
    expect(code(textOf('proxy.ts'))).not.toMatch(DECIDES);
  });

  test.each([
    `if (!request.cookies.get('session')) return refused();`,
    `const key = request.headers.get('x-key');`,
    `return NextResponse.redirect(new URL('/sign-in', request.url));`,
  ])('and what would is seen: %s', (line) => {
    expect(code(line)).toMatch(DECIDES);
  });

  test.each([
    `import { cookies } from 'next/headers';`,
    `const { open } = await import('./server/x.ts');`,
    `import './x.ts';`,
  ])('and what it would decide with: %s', (line) => {
    expect(importedBy(line)).toHaveLength(1);
  });

  test('is the only one of its kind', () => {
    expect(readdirSync(root).filter((file) => /^(?:proxy|middleware|instrumentation)\./.test(file))).toEqual([
      'proxy.ts',
    ]);
  });
});
