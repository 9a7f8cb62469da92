import { expect, test } from 'vitest';
import { fill, findMessage } from '#components/i18n/message-text.ts';
import en from '#messages/en.json';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import type { Words } from '../words.ts';
import { nextStep } from './next-step.ts';

const t = ((key: string, values = {}) => fill(findMessage(en.withdrawals, key) ?? key, values)) as Words;
const FROZEN = { stop: 'frozen', at: null, by: null, reason: null } as const;
const said = (facts: object, stop: WithdrawalView['stop'] = null) =>
  nextStep(t, { leftAfterYours: 0, cancelWindowMinutes: 0, ...facts } as WithdrawalView['quorum'], stop);

test('after the vote as many more must approve as it still takes', () => {
  expect(said({ leftAfterYours: 1 })).toBe('After this 1 more person must approve. Nothing is sent yet.');
  expect(said({ leftAfterYours: 3 }, FROZEN)).toBe('After this 3 more people must approve. Nothing is sent yet.');
});

test('the last vote sends it: at once, when it may no longer be called back, or once nothing stops it', () => {
  expect(said({})).toBe('After this it is queued for sending.');
  expect(said({ cancelWindowMinutes: 30 })).toBe(
    'After this it is sent in 30 minutes. Until then it can be cancelled.',
  );
  expect(said({ cancelWindowMinutes: 30 }, FROZEN)).toContain('not sent');
});
