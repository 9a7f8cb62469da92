import { describe, expect, it } from 'vitest';
import { readFailure } from './failure.ts';

describe('a failed call', () => {
  it('without an answer is a lost connection', () => {
    expect(readFailure(new TypeError('fetch failed')).code).toBe('network');
    expect(readFailure(Object.assign(new Error('x'), { data: undefined })).code).toBe('network');
    const lost = { data: { domainCode: 'system.outcome_unknown' } };
    expect(readFailure(Object.assign(new Error('x'), lost)).code).toBe('network');
  });

  it('refused on purpose carries its code and detail', () => {
    const error = Object.assign(new Error('text'), { data: { domainCode: 'withdrawal.on_hold', detail: { by: 'x' } } });
    expect(readFailure(error)).toEqual({ code: 'withdrawal.on_hold', detail: { by: 'x' }, incidentId: null });
  });

  it('that nobody foresaw carries its incident', () => {
    const error = Object.assign(new Error('text'), { data: { domainCode: null, incidentId: 'abc' } });
    expect(readFailure(error)).toEqual({ code: 'unexpected', detail: {}, incidentId: 'abc' });
  });
});
