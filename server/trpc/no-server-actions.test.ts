import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

// Row 27: a Server Action is a door that anybody could call past the procedures, and past what is looked at before them.

const root = join(import.meta.dirname, '..', '..');
const sources = ['app', 'components', 'server', 'proxy.ts'].flatMap((part) =>
  part.endsWith('.ts')
    ? [part]
    : readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
        .map((file) => `${part}/${file}`),
);
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

describe('no Server Action', () => {
  /** As a directive: of a file, or of a function in it. */
  const DIRECTIVE = /(?:^|[{;])\s*(['"`])use server\1/m;

  test('is written anywhere', () => {
    expect(sources.length).toBeGreaterThan(900);
    expect(sources.filter((file) => DIRECTIVE.test(textOf(file)))).toEqual([]);
  });

  test.each([
    `'use server';\nexport async function pay() {}`,
    `import 'x';\nasync function pay() {\n  "use server";\n}`,
    `const pay = async () => { 'use server'; };`,
  ])('and the scan sees %j', (text) => {
    expect(DIRECTIVE.test(text)).toBe(true);
  });
});
