import { describe, expect, test } from 'vitest';
import { type QuietFacts, quietPeriod } from './quiet-period.ts';

const HOUR_MS = 3_600_000;
const SEND_BY = new Date('2026-03-01T12:00:00.000Z');
/** `send_by` and the call's 30 s. */
const from = (hours: number): Date => new Date(SEND_BY.getTime() + 30_000 + hours * HOUR_MS);
const read = (hours: number, fits = false) => ({ at: from(hours), fits });

const POOL: QuietFacts = {
  kind: 'mining',
  now: from(26),
  sendBy: SEND_BY,
  callMs: 30_000,
  transitMs: 0,
  shortenedMs: null,
  sender: 'gone',
  documents: 0,
  reads: [read(22), read(23), read(24.5)],
  snapshots: [{ cutAt: from(12), closes: true }],
  balances: [],
  callbackProven: false,
};
const CHAIN: QuietFacts = {
  ...POOL,
  kind: 'wallet_transfer',
  now: from(7),
  documents: 1,
  reads: [],
  snapshots: [],
  balances: [{ at: from(6), below: false }],
};

const unmet = (facts: QuietFacts): string[] =>
  quietPeriod(facts)
    .conditions.filter(({ met }) => !met)
    .map(({ name }) => name);

describe('a payout of the pool is proven not sent', () => {
  test('24 hours after the last moment it could be answered, with everything else in place', () => {
    const { from: begun, until, complete } = quietPeriod(POOL);
    expect([begun, until, complete]).toEqual([from(0), from(24), true]);
  });

  test.each<[string, Partial<QuietFacts>, string[]]>([
    ['a second too early', { now: new Date(from(24).getTime() - 1_000) }, ['time_over']],
    ['while its sender may still wake up', { sender: 'not_proven' }, ['sender_proven']],
    ['without a snapshot', { snapshots: [] }, ['snapshot_after', 'pool_closes']],
    [
      'with a snapshot that was cut within the hour',
      { snapshots: [{ cutAt: from(0.9), closes: true }] },
      ['snapshot_after', 'pool_closes'],
    ],
    ['while the pool’s books do not close', { snapshots: [{ cutAt: from(12), closes: false }] }, ['pool_closes']],
    ['with two readings', { reads: [read(23), read(24.5)] }, ['complete_reads']],
    ['with three that lie too close', { reads: [read(23), read(23.5), read(24.5)] }, ['complete_reads']],
    ['with readings from before', { reads: [read(-3), read(-2), read(-1), read(24.5)] }, ['complete_reads']],
    ['when the last reading is too old', { reads: [read(20), read(21), read(22)] }, ['complete_reads']],
    [
      'when the last reading is older than the snapshot',
      { snapshots: [{ cutAt: from(25), closes: true }] },
      ['complete_reads'],
    ],
    [
      'while a row fits',
      { reads: [read(22), read(23), read(24), read(24.5, true)] },
      ['complete_reads', 'no_row_fits'],
    ],
    [
      'before the list was quiet again for as long',
      { reads: [read(22), read(23, true), read(24.5)] },
      ['complete_reads'],
    ],
    ['when nothing was read', { reads: [] }, ['complete_reads', 'no_row_fits']],
  ])('not %s', (_what, facts, missing) => {
    expect(unmet({ ...POOL, ...facts })).toEqual(missing);
  });

  test('also by a later snapshot, when a payment over midnight kept the first from closing', () => {
    const snapshots = [12, 36].map((hours) => ({ cutAt: from(hours), closes: hours === 36 }));
    const facts = { ...POOL, now: from(40), snapshots };
    expect(unmet(facts)).toEqual(['complete_reads']);
    expect(unmet({ ...facts, reads: [...POOL.reads, read(37)] })).toEqual([]);
  });

  test('also by a document that shows that the sender is dead', () => {
    expect(unmet({ ...POOL, sender: 'not_proven', documents: 1 })).toEqual([]);
  });
});

describe('a payout of a wallet is proven not sent', () => {
  test('after six hours, by a list or a nonce that people attached', () => {
    expect(quietPeriod(CHAIN)).toMatchObject({ until: from(6), complete: true });
  });

  test.each<[string, Partial<QuietFacts>, string[]]>([
    ['by the balances alone', { documents: 0 }, ['document_attached']],
    ['too early', { now: from(5) }, ['time_over']],
    [
      'when the balance was read too early',
      { balances: [{ at: from(5), below: false }] },
      ['balance_read_after', 'balances_not_below'],
    ],
    [
      'when the wallet was below its balance before, even once and long ago',
      {
        balances: [
          { at: from(3), below: true },
          { at: from(6), below: false },
        ],
      },
      ['balances_not_below'],
    ],
    ['while nothing was read', { balances: [] }, ['balance_read_after', 'balances_not_below']],
  ])('not %s', (_what, facts, missing) => {
    expect(unmet({ ...CHAIN, ...facts })).toEqual(missing);
  });

  test('a row that has gone since, or a balance that was too low for a while, bars nobody for ever', () => {
    const now = from(48);
    const reads = [read(20, true), read(23), read(24), read(25)];
    expect(unmet({ ...POOL, now, reads })).toEqual([]);
    const balances = [{ at: from(2), below: true }, ...[6, 7, 8].map((hours) => ({ at: from(hours), below: false }))];
    expect(unmet({ ...CHAIN, now, balances })).toEqual([]);
    expect(unmet({ ...CHAIN, now, balances: [...balances, { at: from(9), below: true }] })).toEqual([
      'balances_not_below',
    ]);
  });

  test('a transit has the time of its own checks on top, and no callback that the chain proves', () => {
    const transit: QuietFacts = { ...CHAIN, kind: 'wallet_transit', transitMs: HOUR_MS };
    expect(quietPeriod(transit).until).toEqual(from(7));
    expect(unmet({ ...transit, balances: [{ at: from(7), below: false }], callbackProven: true })).toEqual([
      'no_callback_proven',
    ]);
  });
});

test('in a rehearsal everything shrinks alike, and what comes once a day is not asked for', () => {
  const ms = 30_000;
  const at = (share: number) => new Date(from(0).getTime() + share * ms);
  const rehearsed: QuietFacts = {
    ...POOL,
    shortenedMs: ms,
    now: at(1.1),
    snapshots: [],
    reads: [at(0.2), at(0.5), at(1.01)].map((when) => ({ at: when, fits: false })),
  };
  expect(unmet(rehearsed)).toEqual([]);
  expect(unmet({ ...rehearsed, now: at(0.9) })).toEqual(['time_over']);
  expect(unmet({ ...rehearsed, reads: rehearsed.reads.slice(1) })).toEqual(['complete_reads']);
});
