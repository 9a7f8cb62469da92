import { expect, test } from 'vitest';
import type { ExceptionRow } from '#server/resolution/contract.ts';
import { aboutOf } from './what-is-known.tsx';

const said = (facts: Partial<ExceptionRow>) =>
  aboutOf({ filter: 'failed', incidentKind: null, paidOnce: null, ...facts } as ExceptionRow);

test('a failed one is not said to be unsent where a payment of it was made', () => {
  expect(said({})).toBe('about.failed');
  expect(said({ paidOnce: 'late' })).toBe('about.paid_once.late');
  expect(said({ paidOnce: 'taken_back' })).toBe('about.paid_once.taken_back');
});

test('an incident says what it is about', () => {
  expect(said({ filter: 'late', incidentKind: 'late_success' })).toBe('incident.late_success');
});
