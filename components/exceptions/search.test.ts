import { expect, it } from 'vitest';
import { listInput, rowKey, subjectOf } from './search.ts';

const ID = '019ab000-0000-7000-8000-000000000001';
type Row = Parameters<typeof rowKey>[0];

it('opens a withdrawal by its id and an incident by its own', () => {
  expect(subjectOf(rowKey({ id: ID, incidentId: null } as Row))).toEqual({ of: 'withdrawal', id: ID });
  expect(subjectOf(rowKey({ id: ID, incidentId: ID } as Row))).toEqual({ of: 'incident', id: ID });
});

it('asks for all, for one kind, and for the page that was walked to', () => {
  expect(listInput({ kind: null, after: [] })).toEqual({ cursor: null, limit: 50 });
  expect(listInput({ kind: 'late', after: ['one', 'two'] })).toEqual({ filter: 'late', cursor: 'two', limit: 50 });
});
