import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { anAddress, aTransaction, aWallet } from '#server/testing/wallets.ts';
import type { WalletListInput } from './contract.ts';
import type { WalletRepository } from './wallet.repository.ts';

export interface OpenedRepository {
  readonly repository: WalletRepository;
  close(): Promise<void>;
}

/** What every `WalletRepository` does. */
export function walletRepositorySpecification(open: () => Promise<OpenedRepository>): void {
  let opened: OpenedRepository;
  let wallets: WalletRepository;
  beforeEach(async () => {
    opened = await open();
    wallets = opened.repository;
  });
  afterEach(() => opened.close());

  describe('a wallet', () => {
    test('is found as it was saved', async () => {
      const wallet = aWallet();
      await wallets.saveWallet(wallet);
      expect(await wallets.findWallet(wallet.id)).toEqual(wallet);
      expect(await wallets.lockWallet(wallet.id)).toEqual(wallet);
    });

    test('that was only asked for has neither address nor key', async () => {
      const wallet = aWallet({ status: 'creating', address: null, sealedKey: null });
      await wallets.saveWallet(wallet);
      expect(await wallets.findWallet(wallet.id)).toEqual(wallet);
    });

    test('saved again replaces its row', async () => {
      const wallet = aWallet({ status: 'creating', address: null, sealedKey: null });
      const active = { ...wallet, address: anAddress(), sealedKey: 'v1:k1:a:b:c', status: 'active' } as const;
      await wallets.saveWallet(wallet);
      await wallets.saveWallet(active);
      expect(await wallets.findWallet(wallet.id)).toEqual(active);
      expect(await listed({ memberId: wallet.memberId })).toEqual([wallet.id]);
    });

    test('that is not there is null', async () => {
      expect([await wallets.findWallet(newId()), await wallets.lockWallet(newId())]).toEqual([null, null]);
    });
  });

  async function listed(filter: WalletListInput['filter']): Promise<string[]> {
    const { rows } = await wallets.wallets({ filter, cursor: null, limit: 100 });
    return rows.map(({ id }) => id);
  }

  describe('the list of wallets', () => {
    test('is newest first, and shows no key', async () => {
      const memberId = newId();
      const older = aWallet({ memberId, createdAt: new Date('2026-03-01T00:00:00.001Z') });
      const newer = aWallet({ memberId, createdAt: new Date('2026-03-01T00:00:00.002Z') });
      for (const wallet of [newer, older]) await wallets.saveWallet(wallet);
      const { rows } = await wallets.wallets({ filter: { memberId }, cursor: null, limit: 10 });
      expect(rows).toEqual([newer, older].map((wallet) => ({ ...wallet, sealedKey: null })));
    });

    test('is paged without missing or repeating a wallet, even of the same instant', async () => {
      const memberId = newId();
      const all = Array.from({ length: 7 }, () => aWallet({ memberId, createdAt: new Date('2026-03-01T00:00:00Z') }));
      for (const wallet of all) await wallets.saveWallet(wallet);
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await wallets.wallets({ filter: { memberId }, cursor, limit: 3 });
        expect(page.total).toEqual({ count: 7, exact: true });
        seen.push(...page.rows.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual(all.map(({ id }) => id).toReversed());
    });

    test('that ends with its page has no next one', async () => {
      const memberId = newId();
      for (const wallet of [aWallet({ memberId }), aWallet({ memberId })]) await wallets.saveWallet(wallet);
      expect(await wallets.wallets({ filter: { memberId }, cursor: null, limit: 2 })).toMatchObject({
        nextCursor: null,
      });
    });

    test('is filtered by member, status and both', async () => {
      const memberId = newId();
      const active = aWallet({ memberId });
      const paused = aWallet({ memberId, status: 'paused' });
      const foreign = aWallet({ status: 'paused' });
      for (const wallet of [active, paused, foreign]) await wallets.saveWallet(wallet);
      expect(await listed({ memberId })).toEqual([paused.id, active.id]);
      expect(await listed({ memberId, status: 'paused' })).toEqual([paused.id]);
      expect(await listed({ status: 'paused' })).toEqual(expect.arrayContaining([paused.id, foreign.id]));
      expect(await listed({ memberId: foreign.memberId, status: 'active' })).toEqual([]);
    });

    test('is searched by a whole id, member or address', async () => {
      const wallet = aWallet({ memberId: newId() });
      await wallets.saveWallet(wallet);
      for (const q of [wallet.id, wallet.id.toUpperCase(), wallet.memberId, wallet.address ?? '']) {
        expect(await listed({ q })).toEqual([wallet.id]);
      }
      for (const q of [wallet.id.slice(1), `${wallet.memberId}x`, '%', "' or true --"]) {
        expect(await listed({ q })).toEqual([]);
      }
    });

    test('refuses a cursor that is none', async () => {
      const query = wallets.wallets({ filter: {}, cursor: 'nonsense', limit: 1 });
      await expect(query).rejects.toMatchObject({ code: 'input.invalid' });
    });
  });

  describe('a transaction', () => {
    const of = async (walletId: string) => (await wallets.transactions({ walletId, cursor: null, limit: 100 })).rows;

    test('is logged with its exact amount', async () => {
      const wallet = aWallet();
      await wallets.saveWallet(wallet);
      const record = aTransaction(wallet.id, { amount: Amount.parse('BSC:BNB', '0.000000000000000001') });
      await wallets.logTransaction(record);
      const { kind, to, status } = record;
      const stamped = { id: expect.any(String), createdAt: expect.any(String), updatedAt: expect.any(String) };
      const seen = { kind, to, status, asset: 'BSC:BNB', amount: '0.000000000000000001', txid: null, error: null };
      expect(await of(wallet.id)).toEqual([{ walletId: wallet.id, ...seen, ...stamped }]);
    });

    test('logged again is the same row with the newer word', async () => {
      const wallet = aWallet();
      await wallets.saveWallet(wallet);
      const record = aTransaction(wallet.id, { status: 'manual-review', error: 'lost' });
      await wallets.logTransaction(record);
      const [first] = await of(wallet.id);
      await wallets.logTransaction({ ...record, status: 'confirmed', error: null, txid: '0x1' });
      expect(await of(wallet.id)).toMatchObject([{ id: first?.id, status: 'confirmed', error: null, txid: '0x1' }]);
    });

    test('never loses a txid again', async () => {
      const wallet = aWallet();
      await wallets.saveWallet(wallet);
      const record = aTransaction(wallet.id, { txid: '0x1' });
      await wallets.logTransaction(record);
      await wallets.logTransaction({ ...record, txid: null, status: 'manual-review' });
      expect(await of(wallet.id)).toMatchObject([{ txid: '0x1', status: 'manual-review' }]);
    });

    test('is listed with its wallet alone, newest first, page by page', async () => {
      const [wallet, other] = [aWallet(), aWallet()];
      for (const each of [wallet, other]) await wallets.saveWallet(each);
      const records = Array.from({ length: 5 }, () => aTransaction(wallet.id, { txid: `0x${newId()}` }));
      for (const record of records) await wallets.logTransaction(record);
      await wallets.logTransaction(aTransaction(other.id));
      const first = await wallets.transactions({ walletId: wallet.id, cursor: null, limit: 3 });
      const rest = await wallets.transactions({ walletId: wallet.id, cursor: first.nextCursor, limit: 3 });
      expect([...first.rows, ...rest.rows].map(({ txid }) => txid)).toEqual(
        records.map(({ txid }) => txid).toReversed(),
      );
      expect([first.total, rest.nextCursor]).toEqual([{ count: 5, exact: true }, null]);
    });
  });
}
