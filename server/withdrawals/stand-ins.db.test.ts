import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type Signed, type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { handedOn, nobodyStandsIn, shifted } from '#server/testing/delegations.ts';
import { type Asked, asked, fenced, operatorOf, refusal, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
/** An administrator who is away, one of finance who stands in for them, and a colleague. */
let cast: { readonly away: Signed; readonly standIn: Signed; readonly colleague: Signed };
beforeAll(async () => {
  // From 1 LTC on two people, one of them an administrator.
  app = await testApplication();
  const [one, two] = [await operatorOf(app, 'admin', 'author'), await operatorOf(app, 'admin', 'second author')];
  const { current, history } = await one.caller.policies.current({});
  const [low, high] = current.rules.tiers;
  if (!low || !high) throw new Error('there are two tiers');
  const tiers = [low, { ...high, groups: { join: 'all' as const, of: [{ group: 'admin' as const, atLeast: 1 }] } }];
  const draft = { rules: { ...current.rules, tiers }, note: 'as agreed', basedOn: history[0]?.version ?? '1' };
  const { id } = await one.caller.policies.propose(draft);
  await two.caller.policies.confirm({ id, note: 'checked' });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});
beforeEach(async () => {
  await nobodyStandsIn(app);
  cast = {
    away: await operatorOf(app, 'admin', 'away'),
    standIn: await operatorOf(app, 'finance', 'stand-in'),
    colleague: await operatorOf(app, 'finance', 'colleague'),
  };
});

const large = (by?: Signed) => asked(app, { amount: '2', ...(by && { by: by.caller }) });
const vote = ({ id, digest }: Asked, { caller }: Signed, onBehalfOf?: Signed) =>
  caller.withdrawals.approve({ id, digest, ...(onBehalfOf && { onBehalfOf: onBehalfOf.id }) });
const byHand = ({ id, digest }: Asked, { id: voter }: Signed, behalf: Signed | null = null) =>
  app.sql(
    `insert into withdrawal_approvals (id, withdrawal_id, revision, operator_id, digest, at, behalf_of, behalf_role)
     values (?, ?, 1, ?, ?, now(), ?, ?)`,
    [newId(), id, voter, digest, behalf?.id ?? null, behalf && 'admin'],
  );
const approveByHand = ({ id }: Asked) => app.sql(`update withdrawals set status = 'approved' where id = ?`, [id]);

describe('a vote for whom one stands in for', () => {
  test.each(['first', 'last'])('counts for the group that lacks one, cast %s, and says for whom', async (when) => {
    const { away, standIn, colleague } = cast;
    await handedOn(away, standIn);
    const request = await large();
    if (when === 'last') await vote(request, colleague);
    expect((await standIn.caller.withdrawals.get({ id: request.id })).votesFor).toMatchObject({ id: away.id });
    await vote(request, standIn, away);
    if (when === 'first') await vote(request, colleague);
    const view = await shown(app, request);
    expect(view.status).toBe('approved');
    const expected = expect.objectContaining({
      operatorId: standIn.id,
      onBehalfOf: { id: away.id, name: expect.stringMatching(/^admin/) },
    });
    expect(view.approvals.given).toContainEqual(expected);
    const { rows } = await standIn.caller.withdrawals.list({ filter: { q: request.id } });
    expect(rows[0]?.approvals.given).toContainEqual(expected);
    const audited = `select 1 from audit_events where subject_id = ? and after->>'onBehalfOf' = ?`;
    expect(await app.sql(audited, [request.id, away.id])).toHaveLength(1);
    const told = `select subject_id from notification_events where type = 'delegation.voted' and withdrawal_id = ?`;
    expect(await app.sql(told, [request.id])).toEqual([{ subject_id: away.id }]);
  });

  test('is one vote: the two groups still take two people', async () => {
    const { away, standIn } = cast;
    await handedOn(away, standIn);
    const request = await large();
    expect((await vote(request, standIn, away)).status).toBe('approved_pending');
    await expect(approveByHand(request)).rejects.toThrow(/lacks approvals/);
  });

  test('is cast as it was shown, or not at all', async () => {
    const { away, standIn, colleague } = cast;
    const request = await large();
    expect(await refusal(vote(request, standIn, away))).toBe('withdrawal.stale_digest');
    await handedOn(away, standIn);
    expect(await refusal(vote(request, standIn))).toBe('withdrawal.stale_digest');
    expect(await refusal(vote(request, standIn, colleague))).toBe('withdrawal.stale_digest');
  });

  test('counts for that group only while the delegation is open, whatever a row says', async () => {
    const { away, standIn, colleague } = cast;
    const id = await handedOn(away, standIn);
    const [request, raw] = [await large(), await large()];
    await shifted(app, id, '-25 hours');
    expect((await standIn.caller.withdrawals.get({ id: request.id })).votesFor).toBeNull();
    for (const voter of [standIn, colleague]) {
      await vote(request, voter);
      await byHand(raw, voter, away);
    }
    expect((await shown(app, request)).status).toBe('approved_pending');
    await expect(approveByHand(raw)).rejects.toThrow(/lacks a group/);
  });
});

describe('the two of them', () => {
  test('count once, whoever votes first, and still when the delegation has ended', async () => {
    const { away, standIn } = cast;
    const id = await handedOn(away, standIn);
    const [one, two] = [await large(), await large()];
    await vote(one, standIn, away);
    await vote(two, away);
    const waits = async ({ caller }: Signed) => (await caller.withdrawals.get({ id: one.id })).allowed.approve;
    expect(await waits(away)).toBe('withdrawal.pair_voted');
    expect(await refusal(vote(one, away))).toBe('withdrawal.pair_voted');
    expect(await refusal(vote(two, standIn, away))).toBe('withdrawal.pair_voted');
    await expect(byHand(one, away)).rejects.toThrow(/count once/);
    await expect(byHand(two, standIn)).rejects.toThrow(/count once/);
    await away.caller.delegations.end({ id });
    expect(await refusal(vote(one, away))).toBe('withdrawal.pair_voted');
    await expect(byHand(one, away)).rejects.toThrow(/count once/);
    expect((await vote(two, standIn)).status).toBe('approved');
  });

  test('count once when they vote at the same moment', async () => {
    const { away, standIn } = cast;
    await handedOn(away, standIn);
    const [one, two] = [await large(), await large()];
    const votes = await Promise.all([refusal(vote(one, away)), refusal(vote(one, standIn, away))]);
    expect(votes.toSorted()).toEqual(['none', 'withdrawal.pair_voted']);
    const rows = await Promise.allSettled([byHand(two, away), byHand(two, standIn)]);
    expect(rows.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('both leave what one of them asked for or changed to others', async () => {
    const { away, standIn, colleague } = cast;
    await handedOn(away, standIn);
    const [own, edited] = [await large(away), await large()];
    await away.caller.withdrawals.edit({ id: edited.id, amount: '3', reason: 'as the member says' });
    const { digest } = await shown(app, edited);
    for (const request of [own, { ...edited, digest }]) {
      expect(await refusal(vote(request, standIn, away))).toBe('withdrawal.delegator_excluded');
    }
    await expect(byHand(own, standIn)).rejects.toThrow(/nobody approves what they asked for/);
    const byStandIn = await large(standIn);
    expect(await refusal(vote(byStandIn, standIn, away))).toBe('withdrawal.self_approval');
    await vote(byStandIn, away);
    expect((await vote(byStandIn, colleague)).status).toBe('approved');
  });
});

describe('what waits', () => {
  test('for a stand-in is what lacks either group, and nothing that their pair has voted on or may not', async () => {
    const { away, standIn, colleague } = cast;
    const forMe = async ({ caller }: Signed) => (await caller.withdrawals.waiting({})).forMe.count;
    const both = async () => [await forMe(standIn), await forMe(away)];
    await handedOn(away, standIn);
    const [of = 0, ofAway = 0] = await both();
    const request = await large();
    for (const voter of [colleague, await operatorOf(app, 'finance', 'another')]) await vote(request, voter);
    expect(await both()).toEqual([of + 1, ofAway + 1]);
    await large(away);
    expect(await both()).toEqual([of + 1, ofAway + 1]);
    await vote(request, standIn, away);
    await vote(await large(), standIn, away);
    expect(await both()).toEqual([of, ofAway]);
  });

  test('people are told that there are too few when a pair is needed twice', async () => {
    const { away, standIn, colleague } = cast;
    const others = 'update operators set disabled_at = now() where disabled_at is null and id not in (?, ?, ?)';
    await app.sql(others, [away.id, standIn.id, colleague.id]);
    const told = async ({ id }: Asked) =>
      (
        await app.sql(
          `select 1 from notification_events where type = 'withdrawal.too_few_approvers' and subject_id = ?`,
          [id],
        )
      ).length;
    const plain = await large(colleague);
    expect(await told(plain)).toBe(0);
    const id = await handedOn(away, standIn);
    const paired = await large(colleague);
    expect(await told(paired)).toBe(1);
    expect((await away.caller.withdrawals.get({ id: paired.id })).quorum?.isPossible).toBe(false);
    expect(await told(await large())).toBe(0);
    await away.caller.delegations.end({ id });
    await app.sql('update operators set disabled_at = null');
  });
});

describe('at the fence', () => {
  const approvedByStandIn = async () => {
    const { away, standIn, colleague } = cast;
    const id = await handedOn(away, standIn);
    const request = await large();
    await vote(request, colleague);
    expect((await vote(request, standIn, away)).status).toBe('approved');
    return { request, id };
  };

  test('what was approved while it was open stays so when it has ended', async () => {
    const { request, id } = await approvedByStandIn();
    await cast.away.caller.delegations.end({ id });
    expect(await fenced(app, request)).not.toBeNull();
  });

  test('whoever has lost the right since lends their group no more', async () => {
    const { request } = await approvedByStandIn();
    await app.sql('update operators set disabled_at = now() where id = ?', [cast.away.id]);
    expect(await fenced(app, request)).toBeNull();
    expect((await shown(app, request)).status).toBe('pending');
    await app.sql('update operators set disabled_at = null where id = ?', [cast.away.id]);
  });
});
