import { describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import type { PoolHistoryRead, PoolWithdrawal } from '#server/mining/index.ts';
import type { PayoutAttempt } from '#server/withdrawals/index.ts';
import { type BindFacts, bindingOf } from './auto-bind.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-03-01T12:00:00.000Z');
const NOBODY: BindFacts = {
  claimed: new Set(),
  named: new Set(),
  typical: { types: new Set(), addresses: new Set() },
  otherUnbound: false,
  openIncident: false,
  isTaken: true,
};

const aRow = (changes: Partial<PoolWithdrawal> = {}): PoolWithdrawal => ({
  ...{ reference: 'W1', asset: 'LTC', amount: '1', fee: '0', address: null, type: 'interUser' },
  ...{ status: 'completed', rawStatus: 'completed', message: null, createdAt: new Date(START + 5_000).toISOString() },
  ...changes,
});

const aRead = (rows: readonly PoolWithdrawal[], changes: Partial<PoolHistoryRead> = {}): PoolHistoryRead => ({
  ...{ id: newId(), asset: 'LTC', fromDay: '2026-02-28', toDay: '2026-03-02', sha256: '0'.repeat(64) },
  ...{ startedAt: new Date(START + MINUTE), endedAt: new Date(START + MINUTE), clockOffsetMs: 0, rows },
  ...changes,
});

const listedBefore = (references: readonly string[] = [], newest: string | null = null) => ({
  ...{ readId: newId(), readAt: new Date(START).toISOString(), references: [...references], newest },
});

/** As much of an attempt as the rule looks at. */
function anAttempt(changes: { atMs?: number; amount?: string; before?: unknown } = {}): PayoutAttempt {
  const { atMs = START, amount = '1' } = changes;
  const facts = {
    ...{ asset: 'LTC', amount, before: 'before' in changes ? changes.before : listedBefore() },
    ...{ fencedAt: new Date(atMs), money: () => Amount.fromDecimal('LTC', amount) },
    replyDueAt: () => new Date(atMs + 40_000),
  };
  return facts as unknown as PayoutAttempt;
}

const why = (binding: ReturnType<typeof bindingOf>) => (binding.row ? binding.row.reference : binding.why);

describe('the one row that can only be its own', () => {
  test.each<[string, PoolWithdrawal[], string]>([
    ['fits', [aRow()], 'W1'],
    ['is the same number written otherwise', [aRow({ amount: '1.000' })], 'W1'],
    ['may still be on its way', [aRow({ status: 'moving', rawStatus: 'pending' })], 'W1'],
    ['is beside rows of other amounts', [aRow(), aRow({ reference: 'W2', amount: '2' })], 'W1'],
    ['two minutes before the fence', [aRow({ createdAt: new Date(START - 2 * MINUTE).toISOString() })], 'W1'],
    ['a little earlier still', [aRow({ createdAt: new Date(START - 2 * MINUTE - 1).toISOString() })], 'outside_window'],
    [
      '15 minutes after its reply was due',
      [aRow({ createdAt: new Date(START + 15 * MINUTE + 40_000).toISOString() })],
      'W1',
    ],
    ['a little later', [aRow({ createdAt: new Date(START + 15 * MINUTE + 40_001).toISOString() })], 'outside_window'],
    ['listed twice', [aRow(), aRow()], 'several_rows'],
    ['without a time that can be read', [aRow({ createdAt: null })], 'no_time'],
    ['less its fee', [aRow({ amount: '0.9', fee: '0.1' })], 'net_amount'],
    ['of another type', [aRow({ type: 'chain' })], 'other_type'],
    ['failed', [aRow({ status: 'failed', rawStatus: 'failed' })], 'not_paid'],
    ['of a word that the pool never said', [aRow({ status: 'unknown', rawStatus: 'under review' })], 'unknown_word'],
    ['of another coin', [aRow({ asset: 'DOGE' })], 'no_row'],
    ['an amount that is none', [aRow({ amount: '1e0' })], 'no_row'],
  ])('%s', (_what, rows, expected) => {
    expect(why(bindingOf(anAttempt(), aRead(rows), NOBODY))).toBe(expected);
  });

  test.each<[string, Partial<BindFacts>, string]>([
    ['claimed', { claimed: new Set(['W1']) }, 'no_row'],
    ['named by another attempt', { named: new Set(['W1']) }, 'no_row'],
    ['while another one has no name', { otherUnbound: true }, 'other_unbound'],
    ['while an incident is open', { openIncident: true }, 'open_incident'],
    ['while other rows could not be dealt with', { isTaken: false }, 'rows_left'],
    ['at another address than ours', { typical: { types: new Set(), addresses: new Set(['a']) } }, 'other_address'],
  ])('is not taken when it is %s', (_what, facts, expected) => {
    const read = aRead([aRow({ address: 'b' })]);
    expect(why(bindingOf(anAttempt(), read, { ...NOBODY, ...facts }))).toBe(expected);
  });

  test('a type that our own payments have is ours', () => {
    const typical = { types: new Set(['chain']), addresses: new Set<string>() };
    expect(why(bindingOf(anAttempt(), aRead([aRow({ type: 'chain' })]), { ...NOBODY, typical }))).toBe('W1');
  });

  test('what was there before the fence, or is older than it, is not', () => {
    const old = anAttempt({ before: listedBefore(['W1'], aRow().createdAt) });
    expect(why(bindingOf(old, aRead([aRow()]), NOBODY))).toBe('no_row');
    const newer = anAttempt({ before: listedBefore(['W0'], new Date(START + 6_000).toISOString()) });
    expect(why(bindingOf(newer, aRead([aRow()]), NOBODY))).toBe('older_than_before');
    expect(why(bindingOf(anAttempt({ before: null }), aRead([aRow()]), NOBODY))).toBe('not_read_before');
  });

  test.each([
    [60_000, 'W1'],
    [60_001, 'pool_clock'],
    [-60_001, 'pool_clock'],
    [null, 'pool_clock'],
  ])('by a clock that is off by %s ms: %s', (clockOffsetMs, expected) => {
    expect(why(bindingOf(anAttempt(), aRead([aRow()], { clockOffsetMs }), NOBODY))).toBe(expected);
  });
});
