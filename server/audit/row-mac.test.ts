import { expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import { RowMac } from './row-mac.ts';

const key = (byte: number) => ({ base64: new Secret(Buffer.alloc(32, byte).toString('base64')) });
const facts = {
  ...{ id: newId(), actorType: 'system', actorId: 'worker', sessionId: null, requestId: null, ip: null },
  ...{ action: 'test', outcome: 'done', subjectType: 'audit', subjectId: '1', reason: null },
};
const at = new Date('2026-11-01T00:00:00.123Z');
const mac = new RowMac([key(1)]).of({ ...facts, at, before: null, after: { b: 1, a: null } });
const kept = { ...facts, at: '2026-11-01T00:00:00.123000Z', before: null, after: '{"a": null, "b": 1}', xact: '7' };

test('a row is known again however the database spells its JSON, and after the keys were changed', () => {
  expect(new RowMac([key(1)]).isOurs({ ...kept, mac })).toBe(true);
  expect(new RowMac([key(2), key(1)]).isOurs({ ...kept, mac })).toBe(true);
  expect(new RowMac([key(2)]).isOurs({ ...kept, mac })).toBe(false);
});

test.each([
  ['another action', { action: 'tests' }],
  ['another instant', { at: '2026-11-01T00:00:00.123001Z' }],
  ['another value', { after: '{"a": null, "b": 2}' }],
  ['no mark', { mac: null }],
  ['a mark cut short', { mac: mac.slice(2) }],
  ['a mark that is no hex', { mac: 'ours' }],
])('with %s it is not ours', (_, changes) => {
  expect(new RowMac([key(1)]).isOurs({ ...kept, mac, ...changes })).toBe(false);
});
