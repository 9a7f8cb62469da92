import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from './paths.ts';

const read = (name: string) => readFileSync(join(projectFolder, name), 'utf8');

test('the README’s table of commands is the list of scripts', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
  const rows = read('README.md').match(/^\| `npm (?:run |test|start).*$/gm) ?? [];
  const named = rows.flatMap((row) => {
    const [, commands = ''] = row.split('|');
    return [...commands.matchAll(/`(?:npm (?:run )?)?([a-z0-9:-]+)`/g)].map(([, name]) => name);
  });
  expect(named.toSorted()).toEqual(Object.keys(scripts).toSorted());
});
