import { describe, expect, test } from 'vitest';
import { paidOnce } from './paid-once.ts';

const NOT_EXECUTED = { status: 'not_executed', lateAt: null, takenBackAt: null } as const;
const LATE = { ...NOT_EXECUTED, lateAt: new Date() } as const;
const CONFIRMED = { ...NOT_EXECUTED, status: 'confirmed' } as const;

describe('what was paid of a withdrawal that ended unpaid', () => {
  test('is nothing where no attempt ran', () => {
    expect(paidOnce({ status: 'failed' }, [])).toBeNull();
    expect(paidOnce({ status: 'failed' }, [NOT_EXECUTED, NOT_EXECUTED])).toBeNull();
  });

  test('is an attempt that turned up as paid, whichever it was', () => {
    expect(paidOnce({ status: 'failed' }, [LATE, NOT_EXECUTED])).toBe('late');
    expect(paidOnce({ status: 'rejected' }, [LATE])).toBe('late');
    expect(paidOnce({ status: 'failed' }, [LATE, CONFIRMED])).toBe('late');
  });

  test('is a payment that the provider took back', () => {
    expect(paidOnce({ status: 'failed' }, [NOT_EXECUTED, CONFIRMED])).toBe('taken_back');
    expect(paidOnce({ status: 'failed' }, [{ ...LATE, takenBackAt: new Date() }])).toBe('taken_back');
    expect(paidOnce({ status: 'failed' }, [{ ...LATE, takenBackAt: new Date() }, LATE])).toBe('late');
  });

  test('is not asked of what is under way, or was paid', () => {
    expect(paidOnce({ status: 'retrying' }, [LATE])).toBeNull();
    expect(paidOnce({ status: 'completed' }, [CONFIRMED])).toBeNull();
  });
});
