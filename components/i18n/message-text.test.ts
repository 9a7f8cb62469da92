import { expect, it } from 'vitest';
import { fill, findMessage } from './message-text.ts';

it('a message is found by its path, and only a message', () => {
  const messages = { list: { title: 'Wallets' } };
  expect(findMessage(messages, 'list.title')).toBe('Wallets');
  expect(findMessage(messages, 'list')).toBeUndefined();
  expect(findMessage(messages, 'list.constructor')).toBeUndefined();
});

it('one is not many', () => {
  const message = 'In {days, plural, one {# day} other {# days}} for {name}';
  expect(fill(message, { days: 1, name: 'A' })).toBe('In 1 day for A');
  expect(fill(message, { days: '301', name: 'A' })).toBe('In 301 days for A');
  expect(fill(message, { name: 'A' })).toBe('In {days, plural, one {# day} other {# days}} for A');
});

it('values go to their places, and a place without one shows', () => {
  expect(fill('{given} of {required}', { given: 1, required: 2 })).toBe('1 of 2');
  expect(fill('{given} of {required}', { given: '{required}' })).toBe('{required} of {required}');
});
