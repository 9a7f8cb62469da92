import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ATTEMPT_MOVES, type AttemptEvent, attemptMove } from './attempt-moves.ts';
import { ATTEMPT_STATUSES, FINAL_STATUSES, OPEN_ATTEMPT_STATUSES, WITHDRAWAL_STATUSES } from './statuses.ts';
import { canMove, WITHDRAWAL_MOVES, type WithdrawalEvent, withdrawalMove } from './withdrawal-moves.ts';

const STATES = readFileSync(path.join(import.meta.dirname, '../../docs/STATES.md'), 'utf8');

/** The cells of the table under a heading, without its head and without the words for people at the end. */
function documented(heading: string, table = 0): string[][] {
  const section = STATES.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const tables = section.split('\n\n').filter((block) => block.trim().startsWith('|'));
  const [, , ...rows] = (tables[table] ?? '').trim().split('\n');
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const list = (words: readonly string[]): string => words.join(', ') || '-';
const events = [...new Set(WITHDRAWAL_MOVES.map(({ event }) => event))];
const attemptEvents = [...new Set(ATTEMPT_MOVES.map(({ event }) => event))];
/** Who or what makes an event happen: the worker by itself, or a person. */
const BY_PEOPLE: readonly WithdrawalEvent[] = [
  ...(['request', 'approve', 'approve_last', 'reject', 'cancel', 'hold', 'release', 'edit', 'retry_now'] as const),
  ...(['resolve_paid', 'resolve_not_paid', 'pay_again', 'reopen', 'adopt'] as const),
  ...([
    'taken_back',
    'taken_back_late',
    'late_taken_back',
    'late_taken_back_late',
    'word_changed',
    'report_paid',
  ] as const),
];
/** A row that changes the status; the others leave a mark beside it. */
const moving = WITHDRAWAL_MOVES.filter(({ to }) => to !== 'same');

describe('the document and the machine say the same', () => {
  test('of withdrawals', () => {
    const machine = WITHDRAWAL_MOVES.map((move) => [
      move.row,
      move.event,
      list(move.from),
      move.to,
      list(move.postings),
      move.action,
    ]);
    expect(documented('A withdrawal').map((row) => row.slice(0, -1))).toEqual(machine);
  });

  test('of attempts', () => {
    const machine = ATTEMPT_MOVES.map(({ row, event, from, to }) => [row, event, list(from), to]);
    expect(documented('An attempt').map((row) => row.slice(0, -1))).toEqual(machine);
  });

  test('of what happens next in each status', () => {
    const open = WITHDRAWAL_STATUSES.filter((status) => !FINAL_STATUSES.some((final) => final === status));
    const machine = open.map((status) => {
      const next = events.filter((event) => canMove(event, status));
      return [
        status,
        list(next.filter((event) => !BY_PEOPLE.includes(event))),
        list(next.filter((event) => BY_PEOPLE.includes(event))),
      ];
    });
    expect(documented('A withdrawal', 1)).toEqual(machine);
  });

  test('of which rows need that nothing is open', () => {
    const rows = [...new Set(WITHDRAWAL_MOVES.filter(({ nothingOpen }) => nothingOpen).map(({ row }) => row))];
    expect(STATES).toContain(
      `${rows.slice(0, -1).join(', ')} and ${rows.at(-1)} are taken only while no attempt is open`,
    );
    expect(STATES.replaceAll('\n', ' ')).toContain(
      `that is: ${OPEN_ATTEMPT_STATUSES.slice(0, -1).join(', ')} or ${OPEN_ATTEMPT_STATUSES.at(-1)}.`,
    );
  });
});

describe('every pair of status and event', () => {
  const pairs = WITHDRAWAL_STATUSES.flatMap((from) => events.map((event) => [from, event] as const));

  test.each(pairs)('%s by %s is a row of the table or is refused', (from, event) => {
    const rows = WITHDRAWAL_MOVES.filter((move) => move.event === event && move.from.includes(from));
    expect(rows.length).toBeLessThanOrEqual(1);
    expect(canMove(event, from)).toBe(rows.length === 1);
    if (rows[0]) expect(withdrawalMove(event, from)).toBe(rows[0]);
    else expect(() => withdrawalMove(event, from)).toThrow(TypeError);
  });

  test.each(
    ATTEMPT_STATUSES.flatMap((from) => attemptEvents.map((event): [typeof from, AttemptEvent] => [from, event])),
  )('an attempt: %s by %s is a row of the table or is refused', (from, event) => {
    const rows = ATTEMPT_MOVES.filter((move) => move.event === event && move.from.includes(from));
    expect(rows.length).toBeLessThanOrEqual(1);
    if (rows[0]) expect(attemptMove(event, from)).toBe(rows[0]);
    else expect(() => attemptMove(event, from)).toThrow(TypeError);
  });
});

describe('nothing gets stuck, nothing comes back', () => {
  const nextOf = (status: (typeof WITHDRAWAL_STATUSES)[number]) => events.filter((event) => canMove(event, status));

  test.each(FINAL_STATUSES)('%s is left only by people', (status) => {
    const leaving = moving.filter(({ from }) => from.includes(status)).map(({ event }) => event);
    expect(leaving.filter((event) => !BY_PEOPLE.includes(event))).toEqual([]);
  });

  test.each(WITHDRAWAL_STATUSES.filter((status) => !FINAL_STATUSES.some((final) => final === status)))(
    '%s has an event that comes by itself',
    (status) => {
      expect(nextOf(status).filter((event) => !BY_PEOPLE.includes(event))).not.toEqual([]);
    },
  );

  test('each final status can be reached from the first one', () => {
    const reached = new Set<string>(['pending']);
    for (let before = 0; before !== reached.size; ) {
      before = reached.size;
      for (const { from, to } of WITHDRAWAL_MOVES) if (from.some((status) => reached.has(status))) reached.add(to);
    }
    expect(FINAL_STATUSES.filter((status) => !reached.has(status))).toEqual([]);
  });
});

describe('money moves only where the books allow it', () => {
  test('what was held is freed exactly by the rows that end without a payment', () => {
    const freeing = moving.filter(({ postings, event }) => postings.includes('RELEASE') && event !== 'edit');
    const ending = moving.filter(({ to }) => to === 'rejected' || to === 'cancelled' || to === 'failed');
    const nothingHeld: readonly WithdrawalEvent[] = ['block', 'taken_back', 'late_taken_back'];
    expect(freeing.filter(({ event }) => event !== 'adopt')).toEqual(
      ending.filter(({ event }) => !nothingHeld.includes(event)),
    );
  });

  test('an edit frees what it held and holds the new amount, in one row', () => {
    expect(WITHDRAWAL_MOVES.find(({ event }) => event === 'edit')?.postings).toEqual(['RELEASE', 'HOLD']);
  });

  test('whatever leads back to pending voids every vote', () => {
    const back = moving.filter(({ to, from }) => to === 'pending' && from.length > 0);
    expect(back.map(({ event }) => event)).toEqual(['edit', 'lapse', 'pay_again', 'reopen']);
    expect(back.filter(({ votesVoid }) => !votesVoid)).toEqual([]);
  });

  test('an unknown outcome books nothing', () => {
    const unknown = WITHDRAWAL_MOVES.filter(({ to }) => to === 'manual-review');
    expect(unknown.map(({ row, postings }) => [row, postings])).toEqual([
      ['W17', []],
      ['W22', []],
    ]);
  });

  test('only the fence sends money on its way, and only evidence settles it', () => {
    const rowsWith = (kind: string) =>
      WITHDRAWAL_MOVES.filter(({ postings }) => postings.some((posting) => posting === kind)).map(({ row }) => row);
    expect(rowsWith('DISPATCH')).toEqual(['W12']);
    expect(rowsWith('SETTLE')).toEqual(['W20', 'W24']);
    expect(rowsWith('HOLD')).toEqual(['W1', 'W9', 'W26']);
  });

  test('nobody leaves manual-review by a vote or a timer', () => {
    const leaving = moving.filter(({ from }) => from.includes('manual-review')).map(({ event }) => event);
    const byEvidence = ['confirmed', 'failed_at_provider', 'found', 'found_transit', 'found_not_executed'];
    expect(leaving).toEqual([...byEvidence, 'resolve_paid', 'resolve_not_paid', 'pay_again']);
  });
});
