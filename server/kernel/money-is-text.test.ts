import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const sources = ['server', 'components', 'app', 'migrations'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file)),
);

/** Every way to turn text into a JS number or a binary float, or a number into rounded text. */
const AS_NUMBER =
  /\bNumber\(|\bparseFloat\b|\.toFixed\(|\.toPrecision\(|::\s*(?:float|real|double)|double precision|float8/;

/** Files that count something else: bytes of a body. */
const NOT_MONEY: readonly string[] = ['server/trpc/http.ts'];

const linesWith = (text: string) => text.split('\n').filter((line) => AS_NUMBER.test(line));

test('no source turns text into a JS number: an amount is an Amount or text', () => {
  const breaches = sources
    .filter((file) => !NOT_MONEY.includes(file) && !file.includes('pgboss-schema'))
    .flatMap((file) => linesWith(readFileSync(join(root, file), 'utf8')).map((line) => `${file}: ${line.trim()}`));
  expect(sources.length).toBeGreaterThan(100);
  expect(breaches).toEqual([]);
});

test.each(['Number(row.amount)', 'parseFloat(text)', 'total.toFixed(2)', 'select sum(amount)::float8'])(
  'the scan sees %s',
  (line) => {
    expect(linesWith(`const x = 1;\n${line};\n`)).toEqual([`${line};`]);
  },
);
