import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { aBalance, aWithdrawalRecord } from '#server/testing/mining.ts';
import type { MiningRepository } from './mining.repository.ts';

export interface OpenedRepository {
  readonly repository: MiningRepository;
  close(): Promise<void>;
}

/** What every `MiningRepository` does. */
export function miningRepositorySpecification(open: () => Promise<OpenedRepository>): void {
  let opened: OpenedRepository;
  let mining: MiningRepository;
  beforeEach(async () => {
    opened = await open();
    mining = opened.repository;
  });
  afterEach(() => opened.close());

  describe('a balance', () => {
    test('is read as it was kept, without zeros at its end', async () => {
      const kept = aBalance({ amount: '25.50', available: '0.000000000000000001', locked: '0', price: '92.5' });
      await mining.upsertBalance(kept);
      expect(await mining.newestBalances(kept.owner, 'asset')).toEqual([{ ...kept, amount: '25.5' }]);
    });

    test('may be unknown in every part', async () => {
      const kept = aBalance({ amount: null, available: null, locked: null, price: null });
      await mining.upsertBalance(kept);
      expect(await mining.newestBalances(kept.owner, 'asset')).toEqual([kept]);
    });

    test('read again replaces the figure of the same owner, kind, asset and day', async () => {
      const kept = aBalance();
      const again = { ...kept, amount: '26', available: null, readAt: new Date('2026-03-02T01:00:00Z') };
      await mining.upsertBalance(kept);
      await mining.upsertBalance(again);
      expect(await mining.balancesSince(kept.owner, 'asset', '2026-01-01')).toEqual([again]);
    });

    test('of another owner, kind, asset or day is another one', async () => {
      const { owner } = aBalance();
      const member = { type: 'member', id: owner.id } as const;
      const all = [
        aBalance({ owner }),
        aBalance({ owner, asset: 'DOGE' }),
        aBalance({ owner, day: '2026-03-02' }),
        aBalance({ owner, kind: 'profit' }),
        aBalance({ owner: member }),
      ];
      for (const each of all) await mining.upsertBalance(each);
      const assets = await mining.balancesSince(owner, 'asset', '2026-01-01');
      expect(assets.map(({ day, asset }) => [day, asset])).toEqual([
        ['2026-03-02', 'LTC'],
        ['2026-03-01', 'DOGE'],
        ['2026-03-01', 'LTC'],
      ]);
      expect(await mining.newestBalances(member, 'asset')).toHaveLength(1);
      expect(await mining.newestBalances(owner, 'hash_power')).toEqual([]);
    });

    test('of the newest day is given with all assets of that day, and no older ones', async () => {
      const { owner } = aBalance();
      for (const day of ['2026-03-02', '2026-02-28', '2026-03-01']) {
        for (const asset of ['PEP', 'DOGE']) await mining.upsertBalance(aBalance({ owner, day, asset }));
      }
      const newest = await mining.newestBalances(owner, 'asset');
      expect(newest.map(({ day, asset }) => [day, asset])).toEqual([
        ['2026-03-02', 'DOGE'],
        ['2026-03-02', 'PEP'],
      ]);
    });

    test('is given from a day on, that day included', async () => {
      const { owner } = aBalance();
      for (const day of ['2026-02-28', '2026-03-01', '2026-03-02'])
        await mining.upsertBalance(aBalance({ owner, day }));
      const since = await mining.balancesSince(owner, 'asset', '2026-03-01');
      expect(since.map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-01']);
    });
  });

  describe('the pool’s own figures', () => {
    const readAt = new Date('2026-03-02T00:05:00.000Z');

    test('are nothing until they were read, then the last reading', async () => {
      expect([await mining.project(), await mining.hashRate()]).toEqual([null, null]);
      const rate = {
        at: '2026-03-02T00:04:00.000Z',
        last24h: '8348.6',
        last1h: '8000',
        last10m: '0.1',
        efficiency: '99.1',
        reject: '0.9',
      };
      await mining.saveProject({ name: 'one', account: null }, new Date(0));
      await mining.saveProject({ name: 'two', account: 'treasury@platform.example' }, readAt);
      await mining.saveHashRate({ ...rate, last24h: '1' }, new Date(0));
      await mining.saveHashRate(rate, readAt);
      expect(await mining.project()).toEqual({ name: 'two', account: 'treasury@platform.example', readAt });
      expect(await mining.hashRate()).toEqual(rate);
    });

    test('keeps the account and the name that a later reply leaves out', async () => {
      await mining.saveProject({ name: 'one', account: 'treasury@platform.example' }, new Date(0));
      await mining.saveProject({ name: null, account: null }, readAt);
      expect(await mining.project()).toEqual({ name: 'one', account: 'treasury@platform.example', readAt });
      await mining.saveProject({ name: null, account: 'other@platform.example' }, readAt);
      expect(await mining.project()).toEqual({ name: 'one', account: 'other@platform.example', readAt });
    });
  });

  describe('a withdrawal', () => {
    const all = async (asset?: string) => (await mining.withdrawals({ asset, cursor: null, limit: 100 })).rows;

    test('is logged with its exact amount', async () => {
      const record = aWithdrawalRecord({ amount: Amount.parse('LTC', '0.000000000000000001'), fee: '0.10' });
      await mining.logWithdrawal(record);
      const { withdrawalId, attemptNo, status, reference, rawStatus, error } = record;
      const facts = { withdrawalId, attemptNo, status, reference, saidByPeople: false, rawStatus, error };
      const stamped = { id: expect.any(String), createdAt: expect.any(String), updatedAt: expect.any(String) };
      expect(await all()).toEqual([{ ...facts, asset: 'LTC', amount: '0.000000000000000001', fee: '0.1', ...stamped }]);
    });

    test('logged again is the same row with the newer word, and keeps what only the pool knew', async () => {
      const record = aWithdrawalRecord({ reference: null, status: 'pending' });
      await mining.logWithdrawal(record);
      await mining.logWithdrawal({
        ...record,
        status: 'completed',
        reference: 'W7',
        fee: '0.001',
        rawStatus: 'completed',
      });
      await mining.logWithdrawal({ ...record, status: 'completed', reference: 'W7' });
      expect(await all()).toMatchObject([
        { status: 'completed', reference: 'W7', fee: '0.001', rawStatus: 'completed' },
      ]);
    });

    test('never loses its reference again', async () => {
      const record = aWithdrawalRecord({ reference: 'W8' });
      await mining.logWithdrawal(record);
      await mining.logWithdrawal({ ...record, status: 'manual-review', reference: null, error: 'lost' });
      expect(await all()).toMatchObject([{ reference: 'W8', status: 'manual-review', error: 'lost' }]);
    });

    test('is listed newest first, by asset, page by page', async () => {
      const records = Array.from({ length: 5 }, (_each, at) => aWithdrawalRecord({ reference: `W${at}` }));
      for (const record of records) await mining.logWithdrawal(record);
      await mining.logWithdrawal(aWithdrawalRecord({ amount: Amount.parse('DOGE', '1'), reference: newId() }));
      const first = await mining.withdrawals({ asset: 'LTC', cursor: null, limit: 3 });
      const rest = await mining.withdrawals({ asset: 'LTC', cursor: first.nextCursor, limit: 3 });
      expect([...first.rows, ...rest.rows].map(({ reference }) => reference)).toEqual(['W4', 'W3', 'W2', 'W1', 'W0']);
      expect([first.total, rest.nextCursor]).toEqual([{ count: 5, exact: true }, null]);
      expect((await all()).length).toBe(6);
      expect(await all('PEP')).toEqual([]);
    });

    test('is not listed from a cursor that is none', async () => {
      const query = mining.withdrawals({ cursor: 'nonsense', limit: 1 });
      await expect(query).rejects.toMatchObject({ code: 'input.invalid' });
    });
  });
}
