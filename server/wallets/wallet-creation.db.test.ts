import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { aMember } from '#server/testing/members.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
afterAll(() => app.close());

const BY = { type: 'system', id: 'test' } as const;
const create = (memberId: string, idempotencyKey?: string) =>
  app.container.walletCreation.createWallet({ memberId, ...(idempotencyKey ? { idempotencyKey } : {}) }, BY);
const rowsOf = (memberId: string) =>
  app.sql<{ id: string; address: string | null; encrypted_key: string | null; status: string }>(
    'select id, address, encrypted_key, status from wallets where member_id = ? order by id',
    [memberId],
  );
const asked = () => app.mblock.journal().filter(({ method }) => method === 'requestWallet').length;
const fault = (order: Parameters<typeof app.mblock.control.fault>[0]) =>
  app.mblock.control.fault({ method: 'requestWallet', ...order });

describe('creating a wallet', () => {
  test('keeps its address, its sealed key, and who asked', async () => {
    const memberId = aMember();
    const wallet = await create(memberId);
    expect(wallet).toMatchObject({ memberId, status: 'active', address: expect.stringMatching(/^0x[0-9a-fA-F]{40}$/) });
    expect(await rowsOf(memberId)).toMatchObject([{ id: wallet.id, address: wallet.address, status: 'active' }]);
    const audited = await app.sql('select action from audit_events where subject_id = ? order by id', [wallet.id]);
    expect(audited).toEqual([{ action: 'wallet.requested' }, { action: 'wallet.created' }]);
  });

  test('twice without a key of its own makes two', async () => {
    const memberId = aMember();
    const wallets = [await create(memberId), await create(memberId)];
    expect(new Set(wallets.map(({ address }) => address)).size).toBe(2);
  });

  test('ten times with one idempotency key is one wallet, asked for once', async () => {
    const memberId = aMember();
    const key = newId();
    const before = asked();
    const first = await create(memberId, key);
    for (let again = 0; again < 9; again += 1) expect(await create(memberId, key)).toEqual(first);
    expect([(await rowsOf(memberId)).length, asked() - before]).toEqual([1, 1]);
  });

  test('ten times at once with one key gives everybody the same address', async () => {
    const memberId = aMember();
    const key = newId();
    const wallets = await Promise.all(Array.from({ length: 10 }, () => create(memberId, key)));
    const [row, ...others] = await rowsOf(memberId);
    expect(others).toEqual([]);
    expect(new Set(wallets.map(({ address }) => address))).toEqual(new Set([row?.address]));
  });

  test('with a used key for another member is a conflict', async () => {
    const key = newId();
    await create(aMember(), key);
    await expect(create(aMember(), key)).rejects.toMatchObject({ code: 'idempotency.conflict' });
  });
});

describe('when the provider does not answer', () => {
  test.each(['drop_after', 'drop_before', 'hang_after', 'garbage', 'truncated'] as const)(
    'with a wallet (%s), the caller may ask again and gets one that works',
    async (lost) => {
      const memberId = aMember();
      const key = newId();
      fault({ fault: lost });
      const expected = expect.objectContaining({ code: expect.stringMatching(/^provider\.(unreachable|rejected)$/) });
      await expect(create(memberId, key)).rejects.toThrow(expected);
      expect(await rowsOf(memberId)).toMatchObject([{ status: 'creating', address: null, encrypted_key: null }]);
      const wallet = await create(memberId, key);
      expect(await rowsOf(memberId)).toMatchObject([{ id: wallet.id, status: 'active', address: wallet.address }]);
    },
  );

  test('but refuses, the caller is told why, and may ask again', async () => {
    const memberId = aMember();
    const key = newId();
    fault({ fault: 'rejected', message: 'No API Permission' });
    await expect(create(memberId, key)).rejects.toMatchObject({
      code: 'provider.rejected',
      detail: { reason: expect.any(String) },
    });
    expect(await create(memberId, key)).toMatchObject({ status: 'active' });
  });

  test('because this process died after asking, the same key goes on from the intent', async () => {
    const memberId = aMember();
    const key = newId();
    fault({ fault: 'drop_after' });
    await expect(create(memberId, key)).rejects.toMatchObject({ code: 'provider.unreachable' });
    const [intent] = await rowsOf(memberId);
    const restarted = await create(memberId, key);
    expect(restarted.id).toBe(intent?.id);
    expect(await create(memberId, key)).toEqual(restarted);
  });
});

describe('the key of a wallet', () => {
  test('is in no table, view, error or audit row', async () => {
    const admin = await app.signedInAs('admin');
    const memberId = aMember();
    const wallet = await admin.caller.wallets.create({ memberId });
    const [row] = await rowsOf(memberId);
    const key = app.container.shared.cipher.open(row?.encrypted_key ?? '', wallet.id).reveal();
    expect(key.length).toBeGreaterThan(8);

    fault({ fault: 'rejected', message: `Wallet ${key} is refused` });
    const refusal = await create(aMember()).catch((error: unknown) => error);
    const views = [
      wallet,
      await admin.caller.wallets.get({ id: wallet.id }),
      await admin.caller.wallets.list({ filter: { memberId } }),
      await admin.caller.wallets.transactions({ walletId: wallet.id }),
    ];
    const tables = await app.sql<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss')`,
    );
    const dump: unknown[] = [];
    for (const { name } of tables) dump.push(...(await app.sql(`select t::text from ${name} t`)));
    expect(JSON.stringify(dump)).toContain(wallet.address);
    for (const form of [key, Buffer.from(key).toString('base64'), Buffer.from(key).toString('hex')]) {
      expect(JSON.stringify([views, dump])).not.toContain(form);
      expect(inspect([views, refusal], { depth: 20, showHidden: true })).not.toContain(form);
    }
  });

  test('of an active wallet cannot be missing, nor be kept as plain text', async () => {
    const { id } = await create(aMember());
    await expect(app.sql('update wallets set encrypted_key = null where id = ?', [id])).rejects.toThrow(
      /check constraint/,
    );
    await expect(app.sql(`update wallets set encrypted_key = 'plain' where id = ?`, [id])).rejects.toThrow(
      /check constraint/,
    );
  });
});

test('one address is one wallet, however its letters are written', async () => {
  const [first, second] = [await create(aMember()), await create(aMember())];
  for (const write of ['lower', 'upper']) {
    const taken = app.sql(`update wallets set address = ${write}(?) where id = ?`, [first.address, second.id]);
    await expect(taken).rejects.toMatchObject({ code: '23505' });
  }
});
