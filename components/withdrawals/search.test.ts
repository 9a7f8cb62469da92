import { describe, expect, it } from 'vitest';
import { readParams } from '#components/url/params.ts';
import { COUNTED_STATUSES, FINAL_STATUSES, WITHDRAWAL_STATUSES } from '#server/withdrawals/statuses.ts';
import { listInput, VIEW_STATUSES, withdrawalSearch } from './search.ts';

const search = (query: string) => readParams(withdrawalSearch, (name) => new URLSearchParams(query).get(name));

describe('the address of the withdrawals screen', () => {
  it('opens on what waits for a decision', () => {
    expect(listInput(search(''), 'Asia/Seoul')).toEqual({
      filter: { status: ['pending', 'approved_pending'] },
      sort: { by: 'requestedAt', dir: 'desc' },
      cursor: null,
      limit: 50,
    });
  });

  it('asks for what the operator could approve of all that waits', () => {
    expect(listInput(search('view=mine'), 'UTC').filter).toEqual({
      status: ['pending', 'approved_pending'],
      forMe: true,
    });
  });

  it('asks for whole days of the zone the operator reads', () => {
    const days = 'view=all&from=2026-11-24&to=2026-11-24';
    expect(listInput(search(days), 'Asia/Seoul').filter).toEqual({
      from: '2026-11-23T15:00:00.000Z',
      to: '2026-11-24T15:00:00.000Z',
    });
    expect(listInput(search(days), 'UTC').filter).toEqual({
      from: '2026-11-24T00:00:00.000Z',
      to: '2026-11-25T00:00:00.000Z',
    });
  });

  it('reads on from the last cursor', () => {
    expect(listInput(search('after=one,two'), 'UTC').cursor).toBe('two');
  });

  it('ignores words that are not ours', () => {
    expect(listInput(search('view=nonsense&by=amount&from=yesterday'), 'UTC')).toEqual(listInput(search(''), 'UTC'));
  });

  it('has every status in exactly one view', () => {
    const inViews = Object.values(VIEW_STATUSES).flat();
    expect([...inViews].sort()).toEqual([...WITHDRAWAL_STATUSES].sort());
  });

  it('counts all that its views of open withdrawals list', () => {
    const { waiting, moving, review } = VIEW_STATUSES;
    expect(COUNTED_STATUSES).toEqual(expect.arrayContaining([...waiting, ...moving, ...review]));
    const open = WITHDRAWAL_STATUSES.filter((status) => !(FINAL_STATUSES as readonly string[]).includes(status));
    expect(COUNTED_STATUSES).toEqual(expect.arrayContaining(open));
  });
});
