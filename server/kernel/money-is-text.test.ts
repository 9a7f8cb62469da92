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
  /\bNumber\(|\bparse(?:Float|Int)\b|\.toFixed\(|\.toPrecision\(|::\s*(?:float|real|double)|double precision|float8|(?:[=(,:?[{&|!>]|\breturn)\s*\+\s*[\w$]/;

/** Files that count something else. */
const NOT_MONEY: readonly string[] = [
  // Bytes, seconds, status codes and exponents of what is sent.
  ...['server/bounded-body.ts', 'server/client/call.ts', 'server/messengers/post-json.ts'],
  ...['server/provider-transport/http-verdicts.ts', 'server/provider-transport/wire-schemas.ts'],
  ...['server/provider-transport/plain-decimal.ts', 'server/hashdam/epoch-instant.ts'],
  // Settings: ports, hours, counts.
  ...['server/config/fields.ts', 'server/config/networks.ts'],
  ...['components/policies/draft.ts', 'components/api-keys/key-form.ts'],
  // Bits and parts of addresses and keys.
  ...['server/risk/addresses/bech32.ts', 'server/operators/sign-in/client-address.ts'],
  ...['server/operators/second-factor/base32.ts', 'server/operators/passkeys/passkeys.ts'],
  // Places in the record's chain.
  ...['server/audit/audit-check.ts', 'server/audit/audit-export.ts'],
  ...['server/audit/audit-head.ts', 'server/audit/audit-log.ts'],
];
const NO_PRODUCT = /^server\/testing\/|pgboss-schema/;

const linesWith = (text: string) => text.split('\n').filter((line) => AS_NUMBER.test(line));

test('no source turns text into a JS number: an amount is an Amount or text', () => {
  const breaches = sources
    .filter((file) => !NOT_MONEY.includes(file) && !NO_PRODUCT.test(file))
    .flatMap((file) => linesWith(readFileSync(join(root, file), 'utf8')).map((line) => `${file}: ${line.trim()}`));
  expect(sources.length).toBeGreaterThan(100);
  expect(breaches).toEqual([]);
});

test('whatever is named as counting something else does count', () => {
  const idle = NOT_MONEY.filter((file) => linesWith(readFileSync(join(root, file), 'utf8')).length === 0);
  expect(idle).toEqual([]);
});

test.each([
  ...['Number(row.amount)', 'parseFloat(text)', 'Number.parseInt(row.amount, 10)', 'total.toFixed(2)'],
  ...['const sum = +row.amount', 'add(+amount)', 'return +text', 'select sum(amount)::float8'],
])('the scan sees %s', (line) => {
  expect(linesWith(`const x = 1;\n${line};\n`)).toEqual([`${line};`]);
});

test.each(['const text = one + two', 'count += 1', 'i++', 'const after = before + more'])(
  'the scan lets %s pass',
  (line) => {
    expect(linesWith(line)).toEqual([]);
  },
);
