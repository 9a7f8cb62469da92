import { expect, it } from 'vitest';
import { messagesBelow } from '#components/i18n/message-text.ts';
import en from '#messages/en.json';
import ko from '#messages/ko.json';
import { ACTION_CODE, ACTIONS_MAX } from '#server/audit/statuses.ts';
import { actionNames } from './action-names.ts';

it('what is done and what is refused are one name', () => {
  const names = actionNames(
    [
      ['withdrawal.noted', 'Note'],
      ['withdrawal.approved', 'Approval'],
      ['withdrawals.approve', 'Approval'],
    ],
    'en',
  );
  expect(names).toEqual([
    { name: 'Approval', codes: ['withdrawal.approved', 'withdrawals.approve'] },
    { name: 'Note', codes: ['withdrawal.noted'] },
  ]);
});

it('every name can be asked for, and means the same in both languages', () => {
  const [korean, english] = [
    actionNames(messagesBelow(ko, 'audit.action'), 'ko'),
    actionNames(messagesBelow(en, 'audit.action'), 'en'),
  ];
  expect(korean.length).toBeGreaterThan(100);
  for (const { codes } of korean) {
    expect(codes.length).toBeLessThanOrEqual(ACTIONS_MAX);
    expect(codes.every((code) => ACTION_CODE.test(code))).toBe(true);
  }
  const sets = (names: typeof korean) => names.map(({ codes }) => codes.toSorted().join()).toSorted();
  expect(sets(english)).toEqual(sets(korean));
});
