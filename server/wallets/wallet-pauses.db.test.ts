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

async function aPausedWallet(reason = 'wallet_expired'): Promise<string> {
  const { id } = await (await finance('first')).wallets.create({ memberId: aMember() });
  await app.container.sessions.inTransaction(({ walletPauses }) => walletPauses.pause(id, { reason }, SYSTEM));
  return id;
}

/** What was said of a wallet, and whether the alert channels carry it and the console's list shows it. */
const toldOf = (walletId: string) =>
  app.sql(
    `select e.type, e.severity, e.reason, e.for_people, n.id is not null as listed
     from notification_events e left join notifications n on n.id = e.id where e.subject_id = ? and e.type like 'wallet.%' order by e.seq`,
    [walletId],
  );

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

  test('that the provider refuses is told to people, and so is its end', async () => {
    const walletId = await aPausedWallet();
    const paused = { type: 'wallet.paused', severity: 'critical', reason: 'wallet_expired' };
    expect(await toldOf(walletId)).toEqual([{ ...paused, for_people: true, listed: true }]);
    await app.container.sessions.inTransaction(({ walletPauses }) =>
      walletPauses.pause(walletId, { reason: 'key_refused' }, SYSTEM),
    );
    for (const name of ['first', 'second'] as const) {
      await (await finance(name)).wallets.resume({ walletId, note: 'the provider renewed it' });
    }
    expect((await toldOf(walletId)).slice(1)).toEqual([
      {
        ...{ type: 'wallet.resumed', severity: 'info', reason: 'the provider renewed it' },
        ...{ for_people: true, listed: false },
      },
    ]);
  });

  test('that an incident pauses is told as that incident, not twice', async () => {
    expect(await toldOf(await aPausedWallet('short_funds'))).toEqual([]);
  });

  test('that is not paused is not resumed', async () => {
    const { id: walletId } = await (await finance('first')).wallets.create({ memberId: aMember() });
    expect(await refusal((await finance('first')).wallets.resume({ walletId, note: 'why' }))).toBe('wallet.not_paused');
  });
});
