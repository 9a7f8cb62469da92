import { expect, it } from 'vitest';
import { fill, findMessage } from './message-text.ts';

it('a message is found by its path, and only a message', () => {
  const messages = { list: { title: 'Wallets' } };
  expect(findMessage(messages, 'list.title')).toBe('Wallets');
  expect(findMessage(messages, 'list')).toBeUndefined();
  expect(findMessage(messages, 'list.constructor')).toBeUndefined();
});

it('values go to their places, and a place without one shows', () => {
  expect(fill('{given} of {required}', { given: 1, required: 2 })).toBe('1 of 2');
  expect(fill('{given} of {required}', { given: '{required}' })).toBe('{required} of {required}');
});
