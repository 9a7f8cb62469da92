import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './secret.ts';

const CANARY = 'canary-4f1d';
const secret = new Secret(CANARY);

function printed(value: unknown): string {
  const chunks: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  new Console(sink, sink).log(value, { nested: [value] });
  return chunks.join('');
}

test.each<[string, () => string]>([
  ['a template', () => `${secret}`],
  ['joining text', () => ['', secret].join('')],
  ['String()', () => String(secret)],
  ['JSON', () => JSON.stringify({ secret, list: [secret] })],
  ['util.inspect', () => inspect({ secret }, { depth: 9, showHidden: true })],
  ['util.inspect without custom printing', () => inspect({ secret }, { customInspect: false, showHidden: true })],
  ['util.format', () => format('%s %o %j %d', secret, secret, secret, secret)],
  ['the console', () => printed(secret)],
  ['an error and its cause', () => inspect(new Error(`failed with ${secret}`, { cause: secret }))],
  ['its keys and values', () => JSON.stringify([Object.entries(secret), Object.getOwnPropertyNames(secret)])],
  ['a copy of its fields', () => inspect({ ...secret })],
  ['a clone', () => inspect(structuredClone({ secret }))],
])('%s does not show it', (_way, print) => {
  expect(print()).not.toContain(CANARY);
});

test('only revealing gives the text', () => {
  expect(secret.reveal()).toBe(CANARY);
  expect(`${secret}`).toBe('[hidden]');
});
