import { expect, test } from 'vitest';
import { SecretSearch } from './secret-search.ts';

const PASSWORD = 'correct/horse+"battery" staple';
const KEY = Buffer.from('a key of thirty-two bytes, as is').toString('base64');
const search = new SecretSearch([
  { name: 'PASSWORD', text: PASSWORD },
  { name: 'KEY', text: KEY },
  { name: 'KEY AGAIN', text: KEY },
  { name: 'CODE', text: '123456' },
]);

const written = (text: string, encoding: BufferEncoding) => Buffer.from(text).toString(encoding);

test.each([
  ['itself', PASSWORD],
  ['in JSON', JSON.stringify({ password: PASSWORD })],
  ['in an address', `smtp://me:${encodeURIComponent(PASSWORD)}@mail.example`],
  ['in hex', written(PASSWORD, 'hex')],
  ['in base64', written(PASSWORD, 'base64')],
  ['in base64, one byte further', written(`:${PASSWORD}`, 'base64')],
  ['in base64, between others', `authorization: Basic ${written(`me:${PASSWORD}!`, 'base64')}`],
  ['in base64 for addresses', written(`user:${PASSWORD}`, 'base64url')],
])('a secret is found: %s', (_way, text) => {
  expect(search.hitsIn([{ where: 'log', text: `"안녕" ${text}` }])).toEqual(['log: PASSWORD']);
  expect(search.foundIn(`${text} at the start`)).toHaveLength(1);
});

test('the bytes of a key in base64 are found in hex and in the form for addresses', () => {
  const bytes = Buffer.from(KEY, 'base64');
  expect(search.foundIn(bytes.toString('hex'))).toHaveLength(1);
  expect(search.foundIn(bytes.toString('base64url'))).toHaveLength(1);
});

test('a text without them, or with a part of one, is no hit, and neither is what is too short to tell', () => {
  expect(search.foundIn(`${PASSWORD.slice(1)} ${KEY.slice(0, -6)} 123456`)).toEqual([]);
  expect(search.foundIn('')).toEqual([]);
});

test('one secret under two names counts once; a place that has it twice is one hit', () => {
  expect(search.size).toBe(2);
  const places = [KEY, `${KEY} ${KEY}`, PASSWORD].map((text) => ({ where: 'audit_events', text }));
  const hits = search.hitsIn(places);
  expect(hits).toEqual(['audit_events: KEY', 'audit_events: PASSWORD']);
  expect(hits.join()).not.toContain(KEY);
});
