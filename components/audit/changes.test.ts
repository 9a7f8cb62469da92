import { describe, expect, it } from 'vitest';
import { changesOf } from './changes.ts';

describe('what a row of the record changed', () => {
  it('is what differs, and nothing else', () => {
    const row = { before: { status: 'pending', asset: 'LTC' }, after: { status: 'approved', asset: 'LTC', given: 1 } };
    expect(changesOf(row)).toEqual([
      { field: 'status', before: 'pending', after: 'approved' },
      { field: 'given', before: null, after: '1' },
    ]);
  });

  it('names what is gone, lists in words, and anything deeper as it was recorded', () => {
    expect(changesOf({ before: { scopes: ['read', 'credit'], on: false }, after: { detail: { a: [1] } } })).toEqual([
      { field: 'scopes', before: 'read, credit', after: null },
      { field: 'on', before: 'false', after: null },
      { field: 'detail', before: null, after: '{"a":[1]}' },
    ]);
  });

  it('is nothing where nothing was recorded', () => {
    expect(changesOf({ before: null, after: null })).toEqual([]);
  });
});
