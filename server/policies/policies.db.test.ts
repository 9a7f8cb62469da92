import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { tampered } from '#server/testing/tampering.ts';
import { approved, asked, fenced, operatorOf, platformOf, refusal, shown } from '#server/testing/withdrawals.ts';
import type { PolicyRulesView } from './contract.ts';

const DAY_MS = 24 * 3_600_000;

let app: TestApplication;
beforeAll(async () => {
  // LTC from 1, DOGE from 1000; no other coin is named. A rule of risk holds DOGE from 500.
  app = await testApplication({ environment: { RISK_HOLD_FROM: 'DOGE:500' } });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

/** As if every version of the policy had been confirmed so much earlier. */
const timePasses = (by: string) =>
  tampered(
    app,
    `update policy_versions set confirmed_at = confirmed_at - $1::interval, effective_from = effective_from - $1::interval`,
    [by],
  );

const admin = (name = 'first') => operatorOf(app, 'admin', name);
const current = async () => (await admin()).caller.policies.current({});

type TierView = PolicyRulesView['tiers'][number];

/** The rules in force, with their two tiers changed. */
async function changed(change: (one: TierView, two: TierView) => TierView[], more: Partial<PolicyRulesView> = {}) {
  const { rules } = (await current()).current;
  const [one, two] = rules.tiers;
  if (!one || !two) throw new Error('there are two tiers');
  return { ...rules, ...more, tiers: change(one, two) };
}
/** From how much on two people are asked for. */
const from = (LTC: string): TierView['from'] => ({
  amounts: [
    { asset: 'DOGE', amount: '1000' },
    { asset: 'LTC', amount: LTC },
  ],
  value: null,
});
const propose = async (rules: PolicyRulesView, name = 'first') => {
  const { history, upcoming } = await current();
  const basedOn = upcoming.at(-1)?.version ?? history[0]?.version ?? '1';
  return (await admin(name)).caller.policies.propose({ rules, note: 'as agreed', basedOn });
};
const confirm = async (id: string, name = 'second') =>
  (await admin(name)).caller.policies.confirm({ id, note: 'checked' });
const enact = async (rules: PolicyRulesView) => confirm((await propose(rules)).id);
const told = async () => {
  const rows = await app.sql<{ type: string }>(
    `select type from notification_events where type like 'policy.%' order by seq`,
  );
  return rows.map(({ type }) => type);
};
const approve = async ({ id }: { id: string }, by: 'finance' | 'admin', name = 'first') => {
  const { caller } = await operatorOf(app, by, name);
  const { digest } = await caller.withdrawals.get({ id });
  return caller.withdrawals.approve({ id, digest });
};

describe('the first policy', () => {
  test('is what the settings say, and stays when they change', async () => {
    const request = await asked(app, { amount: '2' });
    expect((await shown(app, request)).policyVersion).toBe('1');
    const { current: first, history } = await current();
    expect(first).toMatchObject({ version: '1', proposedBy: null, loosens: false });
    expect(first.rules.tiers.map(({ approvals }) => approvals)).toEqual([1, 2]);
    expect(first.rules.tiers[1]?.from.amounts).toEqual([
      { asset: 'DOGE', amount: '1000' },
      { asset: 'LTC', amount: '1' },
    ]);
    expect(history).toHaveLength(1);
  });

  test('does not touch what was asked for before there were policies', async () => {
    const { id } = await asked(app, { amount: '0.5' });
    await tampered(
      app,
      `update withdrawals set policy_version = 'two-person-from:000000000000', policy_tier = null where id = $1`,
      [id],
    );
    const { digest } = await app.container.sessions.withoutTransaction(({ paying }) =>
      paying.withdrawals.get(id).then((row) => ({ digest: row.currentDigest() })),
    );
    await tampered(app, 'update withdrawals set digest = $1 where id = $2', [digest, id]);
    expect((await approve({ id }, 'finance')).status).toBe('approved');
  });
});

describe('a change takes two administrators', () => {
  test('is proposed by one and confirmed by another, never by the same; and audited', async () => {
    const { id } = await propose(
      await changed((one, two) => [one, { ...two, from: { ...from('1'), value: '900000' } }]),
    );
    expect(await refusal(confirm(id, 'first'))).toBe('policy.second_person_needed');
    expect(await refusal(propose((await current()).current.rules, 'second'))).toBe('decision.differs');
    expect((await current()).proposal).toMatchObject({ id, loosenings: expect.any(Array) });
    await (await admin('second')).caller.decisions.withdraw({ id });
    expect((await current()).proposal).toBeNull();
    const rows = await app.sql(
      `select action from audit_events where subject_type = 'policy' and action like 'decision.%'`,
    );
    expect(rows).toEqual([{ action: 'decision.proposed' }, { action: 'decision.withdrawn' }]);
    expect(await told()).toEqual(['policy.proposed', 'policy.refused']);
  });

  test('that asks for less waits a day, and those who agreed on it do not use it on its first', async () => {
    const looser = await changed((one, two) => [
      one,
      {
        ...two,
        from: from('5'),
      },
    ]);
    app.clock.pass(-DAY_MS);
    const version = await enact(looser);
    expect(version).toMatchObject({ version: '2', loosens: true });
    expect(Date.parse(version.effectiveFrom) - Date.now()).toBeGreaterThan(DAY_MS - 60_000);
    app.clock.pass(3 * DAY_MS);
    expect((await current()).current.version).toBe('1');
    expect((await current()).upcoming).toMatchObject([{ version: '2' }]);
    await timePasses('23 hours');
    expect((await shown(app, await asked(app, { amount: '3' }))).approvals.required).toBe(2);
    await timePasses('1 hour');
    const request = await asked(app, { amount: '3' });
    expect(await shown(app, request)).toMatchObject({ policyVersion: '2', approvals: { required: 1 } });
    expect(await refusal(approve(request, 'admin', 'second'))).toBe('withdrawal.policy_author');
    expect((await approve(request, 'finance')).status).toBe('approved');
    app.clock.pass(-2 * DAY_MS);
  });

  test('that asks for more holds at once, and for what is open: its votes are void', async () => {
    const waiting = await asked(app, { amount: '3' });
    const voted = await asked(app, { amount: '6' });
    await approve(voted, 'finance');
    const ready = await approved(app, { amount: '4' });
    // Votes anew would be votes for what somebody wrote past the console.
    const rewritten = await approved(app, { amount: '4.5' });
    await tampered(app, `update withdrawals set destination_address = 'thief' where id = $1`, [rewritten.id]);
    const { version } = await enact(
      await changed((one, two) => [
        one,
        {
          ...two,
          from: from('1'),
        },
      ]),
    );
    expect((await current()).current.version).toBe(version);
    expect(await refusal(approve(waiting, 'finance'))).toBe('withdrawal.stale_digest');
    expect(await fenced(app, ready)).toBeNull();
    expect(await shown(app, ready)).toMatchObject({ status: 'pending', policyVersion: version, revision: 2 });
    await app.jobs.hurry('policy.apply');
    expect(await shown(app, waiting)).toMatchObject({ policyVersion: version, approvals: { required: 2 } });
    expect(await shown(app, rewritten)).toMatchObject({ status: 'approved', policyVersion: '2', revision: 1 });
    // Two people were asked for before as well: nothing about its votes has changed.
    expect(await shown(app, voted)).toMatchObject({ status: 'approved_pending', policyVersion: '2', revision: 1 });
    expect(await app.sql('select no from policy_versions where applied_at is null')).toEqual([]);
    await app.container.sessions.inTransaction(({ policies }) => policies.applied(version));
    expect((await told()).filter((type) => type === 'policy.changed')).toHaveLength(2);
  });

  test('is refused where people are left, but without a second factor to vote with', async () => {
    const same = await changed((one, two) => [one, two]);
    const { id } = await admin();
    await app.sql('update operator_second_factors set confirmed_at = null where operator_id <> ?', [id]);
    expect(await refusal(propose(same))).toBe('policy.too_few_people');
    await app.sql('update operator_second_factors set confirmed_at = now() where confirmed_at is null');
  });

  test('is refused where nobody could meet it, for an asset there is not, and on what somebody has not read', async () => {
    const tooMany = await changed((one, two) => [one, { ...two, approvals: 10 }]);
    expect(await refusal(propose(tooMany))).toBe('policy.too_few_people');
    const disordered = await changed((one, two) =>
      [two, { ...one, from: two.from }].map((tier, no) => ({ ...tier, from: no ? two.from : one.from })),
    );
    expect(await refusal(propose(disordered))).toBe('policy.order');
    const unknown = await changed((one, two) => [
      one,
      { ...two, from: { amounts: [{ asset: 'NOPE', amount: '1' }], value: null } },
    ]);
    expect(await refusal(propose(unknown))).toBe('asset.unknown');
    const { caller } = await admin();
    const { rules } = (await current()).current;
    expect(await refusal(caller.policies.propose({ rules, note: 'n', basedOn: '1' }))).toBe('policy.outdated');
  });

  test.each([
    'rules = rules',
    `effective_from = effective_from + interval '1 s'`,
    'loosens = not loosens',
    'confirmed_by = proposed_by',
  ])('is never changed afterwards, nor deleted: %s', async (change) => {
    const target = change === 'rules = rules' ? `rules = '{"tiers": [1]}'` : change;
    await expect(app.sql(`update policy_versions set ${target} where no = 2`)).rejects.toThrow(/append-only/);
    await expect(app.sql('delete from policy_versions')).rejects.toThrow(/append-only/);
  });
});

describe('groups, finer than numbers', () => {
  test('two people, one of them an administrator: the group that is missing is asked for, and the database agrees', async () => {
    const { version } = await enact(
      await changed((one, two) => [one, { ...two, groups: { join: 'all', of: [{ group: 'admin', atLeast: 1 }] } }]),
    );
    const request = await asked(app, { amount: '2' });
    await approve(request, 'finance', 'first');
    expect((await approve(request, 'finance', 'second')).status).toBe('approved_pending');
    expect(await refusal(approve(request, 'finance', 'third'))).toBe('withdrawal.other_group_needed');
    const waits = async (role: 'finance' | 'admin') =>
      (await (await operatorOf(app, role, 'third')).caller.withdrawals.waiting({})).forMe.count;
    const [financeBefore, adminBefore] = [await waits('finance'), await waits('admin')];
    await asked(app, { amount: '2' });
    expect([await waits('finance'), await waits('admin')]).toEqual([financeBefore + 1, adminBefore + 1]);
    expect(adminBefore - financeBefore).toBe(1);
    const forced = app.sql(`update withdrawals set status = 'approved' where id = ?`, [request.id]);
    await expect(forced).rejects.toThrow(/lacks a group/);
    expect((await approve(request, 'admin', 'third')).status).toBe('approved');
    const [row] = await app.sql<{ after: object }>(
      `select after from audit_events where subject_id = ? and action = 'withdrawal.approved' order by id desc limit 1`,
      [request.id],
    );
    expect(row?.after).toMatchObject({ policyVersion: version, tier: 2 });
  });

  test('a vote short, the database refuses too, whatever wrote it', async () => {
    const request = await asked(app, { amount: '2' });
    const forced = app.sql(`update withdrawals set status = 'approved' where id = ?`, [request.id]);
    await expect(forced).rejects.toThrow(/lacks approvals/);
  });

  test('an amount is changed: the tier is chosen anew, and the vote is void', async () => {
    const request = await asked(app, { amount: '2' });
    await approve(request, 'finance');
    const { caller } = await admin('third');
    await caller.withdrawals.edit({ id: request.id, amount: '0.5', reason: 'less' });
    expect(await shown(app, request)).toMatchObject({ status: 'pending', approvals: { required: 1, given: [] } });
  });
});

describe('escalated by a finding', () => {
  test('the strictest tier, whatever the amount, and still after an edit', async () => {
    const request = await asked(app, { asset: 'DOGE', amount: '500', funds: '500' });
    expect(await shown(app, request)).toMatchObject({ hold: { reason: 'risk' }, approvals: { required: 2 } });
    const { caller } = await admin('third');
    await caller.withdrawals.edit({ id: request.id, amount: '20', reason: 'less' });
    expect((await shown(app, request)).approvals.required).toBe(2);
    expect(
      (await shown(app, await asked(app, { asset: 'DOGE', amount: '499', funds: '500' }))).approvals.required,
    ).toBe(1);
  });
});

describe('approved by the policy itself', () => {
  test('off unless somebody turned it on; then the record says that nobody was asked', async () => {
    await enact(await changed((one, two) => [{ ...one, approvals: 0 }, two], { cancelWindowMinutes: 10 }));
    await timePasses('24 hours');
    const request = await asked(app, { amount: '0.3' });
    const view = await shown(app, request);
    expect(view).toMatchObject({ status: 'approved', approvals: { required: 0, given: [] } });
    expect(view.timeline.at(-1)).toMatchObject({ action: 'withdrawal.approved', by: { type: 'system', id: 'policy' } });
    expect((await shown(app, await asked(app, { amount: '2' }))).status).toBe('pending');
    const platform = await platformOf(app);
    expect((await platform.caller.withdrawals.cancel({ id: request.id })).status).toBe('cancelled');
    await app.container.sessions.inTransaction(({ policyLapse }) => policyLapse.look(request.id, WORKER));
    expect((await shown(app, request)).status).toBe('cancelled');
  });
});
