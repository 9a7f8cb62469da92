import { describe, expect, test } from 'vitest';
import {
  amountText,
  assetCode,
  day,
  idempotencyKey,
  instant,
  limit,
  memberId,
  noteText,
  positiveAmountText,
  reference,
  signedAmountText,
  uuid,
} from './wire.ts';

describe.each([
  {
    shape: 'amountText',
    schema: amountText,
    takes: ['0', '1', '0.5', '99999999999999999999.999999999999999999'],
    refuses: ['', '1.0', '1e3', '-1', 1, null],
  },
  {
    shape: 'positiveAmountText',
    schema: positiveAmountText,
    takes: ['0.000000000000000001', '1'],
    refuses: ['0', '0.0', '-1'],
  },
  { shape: 'signedAmountText', schema: signedAmountText, takes: ['-1.5', '0', '3'], refuses: ['+1', '1.0', '--1', ''] },
  {
    shape: 'memberId',
    schema: memberId,
    takes: ['a', 'Member_1.x:y-z', 'm'.repeat(64)],
    refuses: ['', 'm'.repeat(65), 'a b', 'a\n', 'é', { $ne: null }],
  },
  {
    shape: 'assetCode',
    schema: assetCode,
    takes: ['LTC', 'BSC:0x55d398326f99059fF775485246999027B3197955'],
    refuses: ['', 'BSC/BNB', 'LTC\n'],
  },
  {
    shape: 'idempotencyKey',
    schema: idempotencyKey,
    takes: ['k', '~!{}', 'k'.repeat(128)],
    refuses: ['', 'a b', 'k'.repeat(129), 'a\n', 'é'],
  },
  {
    shape: 'reference',
    schema: reference,
    takes: ['settlement 2026-03-01', 'r'.repeat(128)],
    refuses: ['', 'r'.repeat(129), 'a\u0000', 'é'],
  },
  {
    shape: 'noteText',
    schema: noteText,
    takes: ['한국어 메모', 'two\nlines', 'n'.repeat(500)],
    refuses: ['', '   ', 'n'.repeat(501), 'a\u0000b', 'a\u001b[31m', '\ud800'],
  },
  {
    shape: 'uuid',
    schema: uuid,
    takes: ['0190a3c0-0000-7000-8000-000000000000'],
    refuses: ['1', "0190a3c0-0000-7000-8000-000000000000' or true --"],
  },
  {
    shape: 'instant',
    schema: instant,
    takes: ['2026-03-01T00:00:00Z', '2026-03-01T00:00:00.123456Z'],
    refuses: ['2026-03-01', '2026-03-01T00:00:00+09:00', '2026-02-30T00:00:00Z', '0000-03-01T00:00:00Z', 1],
  },
  {
    shape: 'day',
    schema: day,
    takes: ['2026-03-01', '2028-02-29'],
    refuses: ['2026-02-30', '2026-3-1', '2026-03-01T00:00:00Z', '0000-01-01'],
  },
])('$shape', ({ schema, takes, refuses }) => {
  test.each<unknown>(takes)('takes %j', (value) => {
    expect(schema.safeParse(value)).toMatchObject({ success: true, data: value });
  });

  test.each<unknown>(refuses)('refuses %j', (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});

test('a note is kept without the white space around it', () => {
  expect(noteText.parse('  checked by phone \n')).toBe('checked by phone');
});

test('a page has at most a hundred rows, fifty when nothing is said', () => {
  expect(limit.parse(undefined)).toBe(50);
  expect([0, 101, 1.5, '5'].filter((rows) => limit.safeParse(rows).success)).toEqual([]);
});
