import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '..');

/** `app/(console)/wallets/[id]/page.tsx` is `/wallets/`, and what comes after is somebody's. */
const addressOf = (path: string) =>
  `/${path
    .split('/')
    .slice(1, -1)
    .filter((part) => !part.startsWith('('))
    .join('/')}`.replace(/\[.*$/, '');

test('every page is looked at for what stands in anybody’s way', () => {
  const pages = globSync('app/**/page.tsx', { cwd: project }).map(addressOf);
  const spec = readFileSync(join(project, 'e2e/accessibility.spec.ts'), 'utf8');
  const visited = new Set([...spec.matchAll(/['`](\/[a-z/-]*)(?=['`?$])/g)].map(([, address]) => address));
  expect(pages).toContain('/wallets/');
  expect(pages.filter((address) => !visited.has(address))).toEqual([]);
});
