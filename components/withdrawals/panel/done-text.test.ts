import { describe, expect, test } from 'vitest';
import { fill, findMessage } from '#components/i18n/message-text.ts';
import en from '#messages/en.json';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import type { Words } from '../words.ts';
import { doneText } from './done-text.ts';

const t = ((key: string, values = {}) => fill(findMessage(en.withdrawals, key) ?? key, values)) as Words;
const NOW = Date.parse('2026-11-30T00:00:00Z');
const FROZEN = { stop: 'frozen', at: null, by: null, reason: null } as const;
const is = (facts: Partial<WithdrawalView>): WithdrawalView =>
  ({ kind: 'mining', hold: null, stop: null, waitReason: null, notBefore: null, legs: [], ...facts }) as WithdrawalView;
const said = (note: 'approved' | 'first_vote' | 'retried', facts: Partial<WithdrawalView>) =>
  doneText(t, note, { withdrawal: is(facts), nowMs: NOW });

describe('what is said after a vote', () => {
  test('says that it is sent next only where nothing stops it', () => {
    expect(said('approved', { status: 'approved' })).toBe('Approved. It is sent next.');
    expect(said('approved', { status: 'approved', stop: FROZEN })).toContain('Sending is frozen.');
    expect(said('first_vote', { status: 'approved', waitReason: 'funds' })).toContain('not enough to send');
  });

  test('follows the withdrawal to its end', () => {
    expect(said('first_vote', { status: 'approved_pending' })).toBe('Approved. More approval is needed.');
    expect(said('approved', { status: 'completed' })).toMatch(/^Approved\. The pool has delivered/);
    expect(said('approved', { status: 'pending' })).toBeNull();
  });

  test('does not promise to send at once what is frozen', () => {
    expect(said('retried', { status: 'approved' })).toBe('It is sent without waiting longer.');
    expect(said('retried', { status: 'approved', stop: FROZEN })).toContain('Nothing has been sent.');
  });
});
