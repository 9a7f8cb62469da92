import { describe, expect, it } from 'vitest';
import { changedQuery, hrefOf, loaderOf, oneOf, text, texts } from './params.ts';

const PARAMS = { view: oneOf(['open', 'all'], 'open'), kind: oneOf(['late']), q: text, after: texts };
const load = loaderOf(PARAMS);
const href = hrefOf(PARAMS);

describe('what stands in the address', () => {
  it('is the default where it is absent or cannot be read', async () => {
    const defaults = { view: 'open', kind: null, q: null, after: [] };
    expect(await load(Promise.resolve({}))).toEqual(defaults);
    expect(await load(Promise.resolve({ view: 'nonsense', kind: 'other' }))).toEqual(defaults);
  });

  it('is read back as it was written', async () => {
    const values = { view: 'all', kind: 'late', q: 'a&b=c', after: ['one', 'two,three'] } as const;
    const [, query] = href('/here', { ...values, after: [...values.after] }).split('?');
    expect(await load(Promise.resolve(Object.fromEntries(new URLSearchParams(query))))).toEqual(values);
  });

  it('takes the first of several', async () => {
    expect((await load(Promise.resolve({ q: ['first', 'second'] }))).q).toBe('first');
  });

  it('leaves the defaults out', () => {
    expect(href('/here', { view: 'open', kind: null, q: null, after: [] })).toBe('/here');
  });

  it('changes what is named and leaves the rest', () => {
    expect(changedQuery(PARAMS, 'view=all&q=x&other=1', { q: null })).toBe('view=all&other=1');
    expect(changedQuery(PARAMS, 'view=all', { kind: 'late' })).toBe('view=all&kind=late');
  });
});
