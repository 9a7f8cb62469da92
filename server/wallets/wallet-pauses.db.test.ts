import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { aMember } from '#server/testing/members.ts';
import { operatorOf, refusal } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
afterAll(() => app.close());

const SYSTEM = { type: 'system', id: 'test' } as const;
const finance = async (name: 'first' | 'second') => (await operatorOf(app, 'finance', name)).caller;
const statusOf = async (walletId: string) => (await (await finance('first')).wallets.get({ id: walletId })).status;

async function aPausedWallet(): Promise<string> {
  const { id } = await (await finance('first')).wallets.create({ memberId: aMember() });
  await app.container.sessions.inTransaction(({ walletPauses }) =>
    walletPauses.pause(id, { reason: 'wallet_expired' }, SYSTEM),
  );
  return id;
}

describe('a paused wallet', () => {
  test('is used again once two people have said so, and not by one of them alone', async () => {
    const walletId = await aPausedWallet();
    const call = { walletId, note: 'the provider renewed it' };
    expect(await (await finance('first')).wallets.resume(call)).toMatchObject({ state: 'proposed' });
    expect(await (await finance('first')).wallets.resume(call)).toMatchObject({ state: 'proposed' });
    expect(await statusOf(walletId)).toBe('paused');
    expect(await (await finance('second')).wallets.resume(call)).toMatchObject({ state: 'confirmed' });
    expect(await statusOf(walletId)).toBe('active');
    const trail = await app.sql<{ action: string }>(
      `select action from audit_events where subject_id = ? and action like 'wallet.%' order by id`,
      [walletId],
    );
    expect(trail.map(({ action }) => action).slice(-2)).toEqual(['wallet.paused', 'wallet.resumed']);
  });

  test('stays paused while an incident about it is open', async () => {
    const walletId = await aPausedWallet();
    await app.container.sessions.inTransaction(({ incidents }) =>
      incidents.open({ kind: 'receipt_mismatch', subject: walletId, walletId, detail: {} }, SYSTEM),
    );
    const call = (await finance('first')).wallets.resume({ walletId, note: 'looked' });
    expect(await refusal(call)).toBe('wallet.incident_open');
  });

  test('that is not paused is not resumed', async () => {
    const { id: walletId } = await (await finance('first')).wallets.create({ memberId: aMember() });
    expect(await refusal((await finance('first')).wallets.resume({ walletId, note: 'why' }))).toBe('wallet.not_paused');
  });
});
