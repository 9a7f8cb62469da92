import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { aMember } from '#server/testing/members.ts';
import { operatorOf, refusal } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false, environment: { PROVIDER_DEADLINE_MS: '300' } });
});
afterAll(() => app.close());

const admin = async (name: 'first' | 'second') => (await operatorOf(app, 'admin', name)).caller;

async function aWallet(): Promise<string> {
  const caller = await admin('first');
  return (await caller.wallets.create({ memberId: aMember(), idempotencyKey: newId() })).id;
}

/** Proposed by one admin, and the same call of another. */
async function rotated(walletId: string, acceptBalance = false) {
  const call = { walletId, acceptBalance, note: 'yearly change' };
  expect(await (await admin('first')).wallets.rotateKey(call)).toMatchObject({ state: 'proposed' });
  return (await admin('second')).wallets.rotateKey(call);
}

const keyOf = async (walletId: string) => {
  const wallet = await app.container.sessions.withoutTransaction((s) => s.walletRepository.findWallet(walletId));
  return app.container.shared.cipher.open(wallet?.sealedKey ?? '', walletId).reveal();
};
const statusOf = async (walletId: string) => (await (await admin('first')).wallets.get({ id: walletId })).status;
const rotationOf = async (walletId: string) => (await admin('first')).wallets.rotation({ walletId });
const slots = (walletId: string) => app.sql('select * from wallet_slots where wallet_id = ?', [walletId]);
const openIncidents = (walletId: string) =>
  app.sql<{ kind: string }>('select kind from incidents where wallet_id = ? and closed_at is null', [walletId]);
/** The provider may or may not have changed the key, and its answer never comes. */
async function answerLost(walletId: string, fault: 'drop_before' | 'drop_after') {
  app.mblock.control.fault({ method: 'refreshWallet', fault });
  expect(await refusal(rotated(walletId))).toBe('provider.unreachable');
}

const toldOf = async (walletId: string) => {
  const rows = await app.sql<{ type: string }>(
    `select type from notification_events where subject_id = ? and type like 'wallet.%' order by seq`,
    [walletId],
  );
  return rows.map(({ type }) => type);
};

async function latePaymentOf(walletId: string) {
  const late = { kind: 'late_success', subject: newId(), provider: 'mblock', walletId, detail: {} } as const;
  await app.container.sessions.inTransaction(({ incidents }) => incidents.open(late, { type: 'system', id: 'test' }));
}

describe('a wallet key is changed by two admins', () => {
  test('the new key is kept, works, and the old one does not', async () => {
    const walletId = await aWallet();
    const old = await keyOf(walletId);
    expect(await rotated(walletId)).toMatchObject({ state: 'confirmed' });
    expect(await keyOf(walletId)).not.toBe(old);
    expect(await rotationOf(walletId)).toMatchObject({ status: 'rotated', error: null });
    expect(await slots(walletId)).toEqual([]);
    expect(await rotated(walletId)).toMatchObject({ state: 'confirmed' });
  });

  test('is not probed while nobody doubts which one it is', async () => {
    const walletId = await aWallet();
    expect(await refusal((await admin('first')).wallets.probeKey({ walletId }))).toBe('wallet.no_open_rotation');
  });

  test('one admin alone changes nothing, however often they ask', async () => {
    const walletId = await aWallet();
    const old = await keyOf(walletId);
    const call = { walletId, acceptBalance: false, note: 'alone' };
    for (let again = 0; again < 3; again += 1) {
      expect(await (await admin('first')).wallets.rotateKey(call)).toMatchObject({ state: 'proposed' });
    }
    expect(await keyOf(walletId)).toBe(old);
  });

  test('a wallet that is not empty is swept first, unless both accept the risk', async () => {
    const walletId = await aWallet();
    const observed = { kind: 'OBSERVE' as const, walletId, by: { type: 'system' as const, id: 'test' } };
    await app.container.sessions.inTransaction(({ ledger }) =>
      ledger.post([{ ...observed, amount: Amount.parse('BSC:BNB', '1') }]),
    );
    expect(await refusal((await admin('first')).wallets.rotateKey({ walletId, note: 'full' }))).toBe(
      'wallet.holds_funds',
    );
    expect(await rotated(walletId, true)).toMatchObject({ state: 'confirmed' });
    expect(await toldOf(walletId)).toEqual([]);
  });

  test('a refusal that proves that nothing ran leaves the old key in use', async () => {
    const walletId = await aWallet();
    const old = await keyOf(walletId);
    app.mblock.control.fault({ method: 'refreshWallet', fault: 'rejected', message: 'Wallet address has expired' });
    expect(await refusal(rotated(walletId))).toBe('provider.rejected');
    expect(await rotationOf(walletId)).toMatchObject({ status: 'not_rotated' });
    expect([await keyOf(walletId), await statusOf(walletId), await slots(walletId)]).toEqual([old, 'active', []]);
  });
});

describe('a wallet whose address has expired', () => {
  const expired = async (walletId: string, reason = 'wallet_expired') =>
    app.container.sessions.inTransaction(({ walletPauses }) =>
      walletPauses.pause(walletId, { reason }, { type: 'system', id: 'test' }),
    );

  test('gets its new key while it is paused, and pays again', async () => {
    const walletId = await aWallet();
    const old = await keyOf(walletId);
    await expired(walletId);
    expect(await rotated(walletId)).toMatchObject({ state: 'confirmed' });
    expect(await keyOf(walletId)).not.toBe(old);
    expect(await statusOf(walletId)).toBe('active');
    expect(await toldOf(walletId)).toEqual(['wallet.paused', 'wallet.resumed']);
  });

  test('stays paused when its key was not changed', async () => {
    const walletId = await aWallet();
    await expired(walletId);
    app.mblock.control.fault({ method: 'refreshWallet', fault: 'rejected', message: 'No API Permission' });
    expect(await refusal(rotated(walletId))).toBe('provider.rejected');
    expect(await statusOf(walletId)).toBe('paused');
  });

  test('is not used again while something else about it waits for people', async () => {
    const walletId = await aWallet();
    await expired(walletId);
    await latePaymentOf(walletId);
    expect(await rotated(walletId)).toMatchObject({ state: 'confirmed' });
    expect(await statusOf(walletId)).toBe('paused');
  });

  test('is the only paused one that gets one', async () => {
    const walletId = await aWallet();
    await expired(walletId, 'short_funds');
    expect(await refusal(rotated(walletId))).toBe('wallet.not_active');
  });
});

describe('scenario 40: the answer is lost', () => {
  test('the wallet is paused and keeps its slot, an incident is open, and nothing is asked again', async () => {
    const walletId = await aWallet();
    await answerLost(walletId, 'drop_after');
    expect(await statusOf(walletId)).toBe('paused');
    expect(await rotationOf(walletId)).toMatchObject({ status: 'unknown' });
    expect(await slots(walletId)).toHaveLength(1);
    expect(await openIncidents(walletId)).toEqual([{ kind: 'key_rotation_unknown' }]);
    expect(await refusal(rotated(walletId))).toBe('wallet.not_active');
  });

  test('"too many requests" may be said after the fact: the key is probed before it is used again', async () => {
    const walletId = await aWallet();
    app.mblock.control.fault({ method: 'refreshWallet', fault: 'rate_limited', executes: true });
    expect(await refusal(rotated(walletId))).toBe('provider.unreachable');
    expect(await statusOf(walletId)).toBe('paused');
    expect(await rotationOf(walletId)).toMatchObject({ status: 'unknown', error: 'rate_limited_but_may_have_run' });
    expect(await (await admin('first')).wallets.probeKey({ walletId })).toMatchObject({ status: 'lost' });
  });

  test('the probe shows that the old key is dead: the new one is lost, the wallet stays paused, people decide', async () => {
    const walletId = await aWallet();
    await answerLost(walletId, 'drop_after');
    expect(await (await admin('first')).wallets.probeKey({ walletId })).toMatchObject({ status: 'lost' });
    const probed = `select after ->> 'key' as key from audit_events where action = 'wallet.key_probed' and subject_id = ?`;
    expect(await app.sql(probed, [walletId])).toEqual([{ key: 'dead' }]);
    expect(await statusOf(walletId)).toBe('paused');
    expect(await openIncidents(walletId)).toHaveLength(1);
    expect(await slots(walletId)).toHaveLength(1);
  });

  test('the probe shows that the old key lives: the wallet is used again', async () => {
    const walletId = await aWallet();
    await answerLost(walletId, 'drop_before');
    expect(await (await admin('first')).wallets.probeKey({ walletId })).toMatchObject({ status: 'not_rotated' });
    expect(await statusOf(walletId)).toBe('active');
    expect(await openIncidents(walletId)).toEqual([]);
    expect(await rotated(walletId)).toMatchObject({ state: 'confirmed' });
  });

  test('a wallet whose late payment nobody has decided stays paused, though its key lives', async () => {
    const walletId = await aWallet();
    await answerLost(walletId, 'drop_before');
    await latePaymentOf(walletId);
    expect(await (await admin('first')).wallets.probeKey({ walletId })).toMatchObject({ status: 'not_rotated' });
    expect(await (await admin('first')).wallets.get({ id: walletId })).toMatchObject({
      status: 'paused',
      pauseReason: 'late_success',
    });
  });

  test('a probe that says nothing changes nothing', async () => {
    const walletId = await aWallet();
    await answerLost(walletId, 'drop_after');
    app.mblock.control.fault({ method: 'transferByWalletKey', fault: 'status', status: 502 });
    expect(await refusal((await admin('first')).wallets.probeKey({ walletId }))).toBe('provider.unreachable');
    expect(await rotationOf(walletId)).toMatchObject({ status: 'unknown' });
  });
});

/** The late answer is kept, and whoever kept it does nothing more. */
const keptLate = (walletId: string, key: string) =>
  app.sql('update key_rotations set sealed_key = ? where wallet_id = ?', [
    app.container.shared.cipher.seal(new Secret(key), walletId),
    walletId,
  ]);

describe('a new key that was kept after its lease, by somebody who then died', () => {
  test('is put to use although the old key was seen to live before', async () => {
    const walletId = await aWallet();
    await answerLost(walletId, 'drop_before');
    expect(await (await admin('first')).wallets.probeKey({ walletId })).toMatchObject({ status: 'not_rotated' });
    await keptLate(walletId, 'wk_late');
    await app.container.sessions.inTransaction(({ lostJobs }) => lostJobs.rearm());
    await app.jobs.hurry('wallet.rotation-recover');
    expect(await rotationOf(walletId)).toMatchObject({ status: 'rotated' });
    expect(await keyOf(walletId)).toBe('wk_late');
  });

  test('is put to use by the probe that finds the old one dead', async () => {
    const walletId = await aWallet();
    await answerLost(walletId, 'drop_after');
    await keptLate(walletId, 'wk_late');
    expect(await (await admin('first')).wallets.probeKey({ walletId })).toMatchObject({ status: 'rotated' });
    expect([await keyOf(walletId), await statusOf(walletId)]).toEqual(['wk_late', 'active']);
    expect([await slots(walletId), await openIncidents(walletId)]).toEqual([[], []]);
  });

  test.each(['unknown', 'lost'])('is put to use without anybody, though it was taken for %s', async (status) => {
    const walletId = await aWallet();
    await answerLost(walletId, 'drop_after');
    if (status === 'lost') await (await admin('first')).wallets.probeKey({ walletId });
    await keptLate(walletId, 'wk_late');
    await app.sql(
      `update pgboss.job set state = 'failed' where name = 'wallet.rotation-recover' and state < 'completed'`,
    );
    await app.container.sessions.inTransaction(({ lostJobs }) => lostJobs.rearm());
    await app.jobs.drain('wallet.rotation-recover');
    expect(await rotationOf(walletId)).toMatchObject({ status: 'rotated' });
    expect([await keyOf(walletId), await statusOf(walletId)]).toEqual(['wk_late', 'active']);
  });
});

describe('whoever changed the key dies', () => {
  const begun = async (walletId: string, sealedKey: string | null, { lost = false } = {}) => {
    const id = newId();
    const people = await Promise.all([operatorOf(app, 'admin', 'first'), operatorOf(app, 'admin', 'second')]);
    const decisionId = newId();
    await app.sql(
      `insert into dual_decisions (id, action, subject_type, subject_id, body, body_hash, note, proposed_by, proposed_at,
         expires_at, ending, ended_by, ended_at)
       values (?, 'wallet.rotate_key', 'wallet', ?, '{}', repeat('0', 64), 'n', ?, now(), now() + interval '1 day',
         'confirmed', ?, now())`,
      [decisionId, walletId, people[0].id, people[1].id],
    );
    await app.sql(
      `insert into key_rotations (id, wallet_id, decision_id, status, sealed_key, begun_at, lease_until, updated_at)
       values (?, ?, ?, 'dispatching', ?, now(), now(), now())`,
      [id, walletId, decisionId, sealedKey],
    );
    await app.container.sessions.inTransaction(async ({ jobs, lostJobs }) => {
      if (lost) await lostJobs.rearm();
      else await jobs.send('wallet.rotation-recover', { rotationId: id });
    });
    await app.jobs.drain('wallet.rotation-recover');
  };

  test('before the answer was kept: the outcome is unknown', async () => {
    const walletId = await aWallet();
    await begun(walletId, null);
    expect(await rotationOf(walletId)).toMatchObject({ status: 'unknown', error: 'lease_lost' });
    expect(await statusOf(walletId)).toBe('paused');
  });

  test('and the job that watched the lease is lost: it is watched again', async () => {
    const walletId = await aWallet();
    await begun(walletId, null, { lost: true });
    expect(await rotationOf(walletId)).toMatchObject({ status: 'unknown', error: 'lease_lost' });
  });

  test('after the answer was kept: the new key is put to use', async () => {
    const walletId = await aWallet();
    await begun(walletId, app.container.shared.cipher.seal(new Secret('wk_new'), walletId));
    expect(await rotationOf(walletId)).toMatchObject({ status: 'rotated' });
    expect(await keyOf(walletId)).toBe('wk_new');
    expect(await slots(walletId)).toEqual([]);
  });

  test('after the answer was kept, a late payment of the wallet came up meanwhile: it stays paused with its new key', async () => {
    const walletId = await aWallet();
    await latePaymentOf(walletId);
    await begun(walletId, app.container.shared.cipher.seal(new Secret('wk_newer'), walletId));
    expect(await keyOf(walletId)).toBe('wk_newer');
    expect(await (await admin('first')).wallets.get({ id: walletId })).toMatchObject({
      status: 'paused',
      pauseReason: 'late_success',
    });
  });
});
