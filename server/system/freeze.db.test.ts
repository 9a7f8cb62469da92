import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { frozen, lifted } from '#server/testing/freezes.ts';
import { approved, asked, operatorOf, paidOut, platformOf, refusal, shown } from '#server/testing/withdrawals.ts';
import type { FreezeTarget } from './contract.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterEach(async () => {
  for (const freeze of await openFreezes()) {
    await app.sql(
      'update freezes set lift_proposed_by = null, lift_proposed_at = null, lift_reason = null where id = ?',
      [freeze.id],
    );
    await lifted(app, freeze);
  }
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const openFreezes = async () => (await (await operatorOf(app)).caller.system.status({})).freezes;
const admin = (name: 'first' | 'second') => operatorOf(app, 'admin', name);
const ALL: FreezeTarget = { scope: 'all' };
const audited = async (id: string) =>
  (await app.sql<{ action: string }>('select action from audit_events where subject_id = ? order by id', [id])).map(
    ({ action }) => action,
  );

describe('a freeze', () => {
  test('is set by one person, shows who, why and since when, and is audited', async () => {
    const freeze = await frozen(app, { scope: 'asset', target: 'LTC' });
    expect(freeze).toMatchObject({
      scope: 'asset',
      target: 'LTC',
      reason: 'something looks wrong',
      liftProposed: null,
    });
    expect(freeze.frozenBy.name).not.toBe('');
    expect(await openFreezes()).toEqual([freeze]);
    expect(await audited(freeze.id)).toEqual(['freeze.set']);
  });

  test('is told to whoever opens a withdrawal that it stops, and to nobody else', async () => {
    const [ltc, doge] = [
      await asked(app, { asset: 'LTC', amount: '1' }),
      await asked(app, { asset: 'DOGE', amount: '1' }),
    ];
    const freeze = await frozen(app, { scope: 'asset', target: 'LTC' });
    const stopped = await shown(app, ltc);
    expect(stopped.stop).toEqual({
      ...{ stop: 'frozen', at: freeze.frozenAt, by: freeze.frozenBy.name, reason: 'something looks wrong' },
    });
    const check = { name: 'provider_running', result: 'attention', observed: 'frozen' };
    expect(stopped.checks).toContainEqual(check);
    expect(await shown(app, doge)).toMatchObject({ stop: null });
  });

  test('of what is frozen already is the same freeze, and a proposal to lift it is void', async () => {
    const freeze = await frozen(app, ALL);
    const { caller } = await admin('first');
    await caller.system.unfreeze({ id: freeze.id, reason: 'looked at' });
    expect(await frozen(app, ALL)).toEqual(freeze);
    expect(await audited(freeze.id)).toEqual(['freeze.set', 'freeze.lift_proposed', 'freeze.renewed']);
  });

  test('of an asset or a wallet that is not there is refused', async () => {
    const { caller } = await operatorOf(app);
    const reason = 'why';
    expect(await refusal(caller.system.freeze({ scope: 'asset', target: 'NOCOIN', reason }))).toBe('asset.unknown');
    expect(await refusal(caller.system.freeze({ scope: 'wallet', target: newId(), reason }))).toBe('wallet.not_found');
  });

  test('asked for five times at once is one freeze', async () => {
    await Promise.allSettled(Array.from({ length: 5 }, () => frozen(app, ALL)));
    expect(await openFreezes()).toHaveLength(1);
  });
});

describe('a lift', () => {
  test('takes two admins, and both are audited', async () => {
    const { id } = await frozen(app, ALL);
    const first = await admin('first');
    const proposed = await first.caller.system.unfreeze({ id, reason: 'found it' });
    expect(proposed).toMatchObject({ liftedAt: null, liftProposed: { by: { id: first.id } } });
    const { caller } = await admin('second');
    expect((await caller.system.unfreeze({ id, reason: 'agreed' })).liftedAt).not.toBeNull();
    expect(await openFreezes()).toEqual([]);
    expect(await audited(id)).toEqual(['freeze.set', 'freeze.lift_proposed', 'freeze.lifted']);
    expect(await refusal(caller.system.unfreeze({ id, reason: 'again' }))).toBe('freeze.already_lifted');
  });

  test('by the same admin twice is refused', async () => {
    const { id } = await frozen(app, ALL);
    const { caller } = await admin('first');
    await caller.system.unfreeze({ id, reason: 'found it' });
    expect(await refusal(caller.system.unfreeze({ id, reason: 'really' }))).toBe('freeze.second_admin_needed');
    expect(await openFreezes()).toHaveLength(1);
  });

  test.each([
    ['a day ago', `update freezes set lift_proposed_at = now() - interval '25 hours' where lift_proposed_by = ?`],
    ['by an admin who is disabled now', 'update operators set disabled_at = now() where id = ?'],
    [
      'by an admin who is something else now',
      `update operators set role = 'finance', counts_from = now() where id = ?`,
    ],
    ['by one without a second factor', 'delete from operator_second_factors where operator_id = ?'],
  ])('that was proposed %s is no proposal: it is not shown, and the next one proposes', async (_what, change) => {
    const { id } = await frozen(app, ALL);
    const gone = await app.signedInAs('admin');
    await gone.caller.system.unfreeze({ id, reason: 'found it' });
    expect(await openFreezes()).toMatchObject([{ liftProposed: { by: { id: gone.id } } }]);
    await app.sql(change, [gone.id]);
    expect(await openFreezes()).toMatchObject([{ liftProposed: null }]);
    const [first, second] = [await admin('first'), await admin('second')];
    const lift = 'update freezes set lifted_by = ?, lifted_at = now() where id = ?';
    await expect(app.sql(lift, [first.id, id])).rejects.toThrow(/no longer decide/);
    const proposed = await first.caller.system.unfreeze({ id, reason: 'I begin' });
    expect(proposed).toMatchObject({ liftedAt: null, liftProposed: { by: { id: first.id }, reason: 'I begin' } });
    expect((await second.caller.system.unfreeze({ id, reason: 'agreed' })).liftedAt).not.toBeNull();
  });

  test('by two admins at the same moment is one proposal and one lift, or a proposal alone', async () => {
    const { id } = await frozen(app, ALL);
    const calls = [await admin('first'), await admin('second')].map(({ caller }) =>
      caller.system.unfreeze({ id, reason: 'at once' }),
    );
    await Promise.all(calls);
    expect(await audited(id)).toEqual(['freeze.set', 'freeze.lift_proposed', 'freeze.lifted']);
  });

  test('of a freeze that is not there is refused', async () => {
    const { caller } = await admin('first');
    expect(await refusal(caller.system.unfreeze({ id: newId(), reason: 'why' }))).toBe('freeze.not_found');
  });
});

describe('the database itself', () => {
  const lift = (id: string, by: string, proposer: string) =>
    app.sql(
      'update freezes set lift_proposed_by = ?, lift_proposed_at = now(), lifted_by = ?, lifted_at = now() where id = ?',
      [proposer, by, id],
    );

  test('lifts nothing in one step, whoever is named', async () => {
    const { id } = await frozen(app, ALL);
    const [first, second] = [await admin('first'), await admin('second')];
    await expect(lift(id, second.id, first.id)).rejects.toThrow(/lifted by two/);
    await first.caller.system.unfreeze({ id, reason: 'found it' });
    await expect(lift(id, first.id, second.id)).rejects.toThrow(/lifted by two/);
    await expect(lift(id, first.id, first.id)).rejects.toThrow(/freezes_check/);
  });

  test('changes and deletes no freeze, and takes none that is lifted at birth', async () => {
    const { id, frozenBy } = await frozen(app, ALL);
    await expect(app.sql("update freezes set scope = 'asset', target = 'LTC' where id = ?", [id])).rejects.toThrow(
      /never changed/,
    );
    await expect(app.sql('delete from freezes where id = ?', [id])).rejects.toThrow(/never changed/);
    await expect(app.sql('truncate freezes')).rejects.toThrow(/append-only/);
    const born = `insert into freezes (id, scope, target, reason, frozen_by, frozen_at, lift_proposed_by, lift_proposed_at)
      values (gen_random_uuid(), 'asset', 'DOGE', 'r', ?, now(), ?, now())`;
    await expect(app.sql(born, [frozenBy.id, frozenBy.id])).rejects.toThrow(/begins frozen/);
  });
});

describe('what a freeze stops', () => {
  test.each<FreezeTarget>([ALL, { scope: 'provider', target: 'hashdam' }, { scope: 'asset', target: 'LTC' }])(
    'a request and an approved payout under $scope, which is sent once two have lifted it',
    async (target) => {
      const waiting = await approved(app);
      const freeze = await frozen(app, target);
      expect(await refusal(asked(app))).toBe('system.frozen');
      await app.jobs.hurry('payout.dispatch');
      expect(await shown(app, waiting)).toMatchObject({ status: 'approved', waitReason: 'frozen', attempts: [] });
      expect(paidOut(app, waiting)).toEqual([]);
      await lifted(app, freeze);
      await app.jobs.hurry('payout.dispatch');
      expect(await shown(app, waiting)).toMatchObject({ status: 'submitted', waitReason: null });
    },
  );

  test.each<FreezeTarget>([
    { scope: 'provider', target: 'mblock' },
    { scope: 'asset', target: 'DOGE' },
  ])('nothing else: $scope $target does not stop LTC at the pool', async (target) => {
    await frozen(app, target);
    const request = await approved(app);
    await app.jobs.drain('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(1);
  });

  test('one wallet alone', async () => {
    const { caller } = await platformOf(app);
    const { id } = await caller.wallets.create({ memberId: 'with.wallet', idempotencyKey: newId() });
    await frozen(app, { scope: 'wallet', target: id });
    const stopOf = (walletId: string | null) =>
      app.container.sessions.withoutTransaction(({ system }) =>
        system.stopFor({ provider: 'mblock', asset: 'BSC:BNB', walletId }),
      );
    expect([await stopOf(id), await stopOf(newId()), await stopOf(null)]).toEqual(['frozen', null, null]);
  });
});
