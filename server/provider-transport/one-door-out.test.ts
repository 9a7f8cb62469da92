import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// Row 34: every request that leaves goes through one function, so what is looked at there is looked at always. What it
// refuses is proven beside it and beside the webhooks, which alone go to addresses that somebody typed.

const root = join(import.meta.dirname, '..');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) =>
    file.endsWith('.ts') && !file.endsWith('.test.ts') && !/^(?:simulators|testing|client|database)\//.test(file),
);

/** Everything in Node that opens a connection, and what is known to do so for us. */
const OPENS =
  /^import (?!type\b).*from '(?:node:)?(?:http|https|http2|net|tls|dgram|inspector|undici|axios|ws|nodemailer|pg)'|\bfetch\(|\bnew (?:WebSocket|EventSource)\(|\bimport\('(?:node:)?(?:http|https|http2|net|tls|dgram)'\)/m;
/** These say what an address is and open nothing. */
const LOOKS_ONLY = /^import \{(?: (?:type )?(?:BlockList|isIP|isIPv4|isIPv6),?)+ \} from 'node:net';$/gm;

const opens = (text: string): boolean => OPENS.test(text.replace(LOOKS_ONLY, ''));

/** The one door for requests, and mail to the server that was configured; the database is no other party. */
const DOORS = ['messengers/smtp-mail.ts', 'provider-transport/http-post.ts'];

test('nothing but these opens a connection', () => {
  expect(sources.length).toBeGreaterThan(200);
  const found = sources.filter((file) => opens(readFileSync(join(root, file), 'utf8')));
  expect(found.toSorted()).toEqual(DOORS);
});

test.each([
  `import http from 'node:http';`,
  `import { connect, isIP } from 'node:net';`,
  `import { createTransport } from 'nodemailer';`,
  `const reply = await fetch(url);`,
  `const { request } = await import('node:https');`,
])('the scan sees %s', (line) => {
  expect(opens(`const x = 1;\n${line}\n`)).toBe(true);
});

test.each([
  `import { isIP } from 'node:net';`,
  `import { type BlockList, isIP } from 'node:net';`,
  `import type { Socket } from 'node:net';`,
])('and lets %s be', (line) => {
  expect(opens(line)).toBe(false);
});
