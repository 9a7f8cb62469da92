import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { approved, asked, operatorOf } from '#server/testing/withdrawals.ts';
import { figure, sized } from '../../scripts/prove/size.ts';
import type { PolicyRulesView, PolicySimulateView } from './contract.ts';

/** What the full measurement is held to. */
const WITHIN_MS = 10_000;
const ROWS = sized(2_000, 100_000);

let app: TestApplication;
beforeAll(async () => {
  // LTC from 1, DOGE from 1000; no other coin is named.
  app = await testApplication();
});
afterAll(() => app.close());

type Tally = Extract<PolicySimulateView, { kind: 'since' }>;

async function rulesInForce(): Promise<PolicyRulesView> {
  return (await (await operatorOf(app, 'auditor')).caller.policies.current({})).current.rules;
}
const withSecond = ({ tiers, ...rules }: PolicyRulesView, second: object): PolicyRulesView => ({
  ...rules,
  tiers: tiers.map((tier, index) => (index === 1 ? { ...tier, ...second } : tier)),
});
const NOBODY_NAMED = { join: 'all', of: [] };
const from = (LTC: string) => ({ from: { amounts: [{ asset: 'LTC', amount: LTC }], value: null } });

/** Every page of it, as the screen asks for them. */
async function pagesOf(rules: PolicyRulesView, since: string): Promise<Tally[]> {
  const { caller } = await operatorOf(app, 'auditor');
  const pages: Tally[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: PolicySimulateView = await caller.policies.simulate({
      rules,
      on: { kind: 'since', from: since, cursor },
    });
    if (page.kind !== 'since') throw new Error('asked for a period');
    pages.push(page);
    cursor = page.nextCursor;
    if (cursor === null) return pages;
  }
}

const CHUNK = 2_000;
const insert = (first: number, last: number) =>
  app.sql(
    `insert into withdrawals (id, kind, member_id, asset, amount, destination_address, destination_type, status,
       policy_version, approvals_required, revision, held_revision, digest, requested_by_type, requested_by_id,
       requested_at, expires_at, updated_at)
     select gen_random_uuid(), 'mining', 'member-' || n, 'LTC', (n % 300 + 1) * 0.01, 'a@b.example', 'account', 'completed',
       '1', 1, 1, 1, repeat('0', 64), 'api_key', gen_random_uuid(), t, t, t
     from generate_series(?::integer, ?::integer) n, lateral (select now() - interval '2 days' - n * interval '1 second' as t) at`,
    [first, last],
  );

describe('a draft is tried', () => {
  test('on one request that nobody made', async () => {
    const { caller } = await operatorOf(app, 'auditor');
    const rules = withSecond(await rulesInForce(), { approvals: 3, ...from('0.5') });
    const one = await caller.policies.simulate({ rules, on: { kind: 'one', asset: 'LTC', amount: '0.7' } });
    expect(one).toMatchObject({ now: { tier: 1, approvals: 1 }, draft: { tier: 2, approvals: 3, isPossible: false } });
    expect(one.kind === 'one' && one.value).toMatch(/^[1-9]\d*(\.\d+)?$/);
  });

  test('as possible only with people who have a second factor to vote with', async () => {
    for (const name of ['one', 'two']) await operatorOf(app, 'finance', name);
    const { id } = await operatorOf(app, 'finance', 'three');
    const factor = (at: string) =>
      app.sql(`update operator_second_factors set confirmed_at = ${at} where operator_id = ?`, [id]);
    const { caller } = await operatorOf(app, 'auditor');
    const rules = withSecond(await rulesInForce(), { approvals: 3, ...from('0.5') });
    const isPossible = async () => {
      const one = await caller.policies.simulate({ rules, on: { kind: 'one', asset: 'LTC', amount: '0.7' } });
      return one.kind === 'one' && one.draft.isPossible;
    };
    expect(await isPossible()).toBe(true);
    await factor('null');
    expect(await isPossible()).toBe(false);
    await factor('now()');
  });

  test('on what was really asked for: more, less and blocked, and how long it took', async () => {
    await operatorOf(app, 'admin');
    const since = new Date(app.clock.now().getTime() - 60_000).toISOString();
    const small = await approved(app, { amount: '0.7' });
    await asked(app, { amount: '0.2' });
    const large = await asked(app, { amount: '5' });
    await app.sql(`update withdrawals set approved_at = requested_at + interval '3 hours' where id = ?`, [small.id]);
    const rules = await rulesInForce();
    const [stricter] = await pagesOf(withSecond(rules, from('0.5')), since);
    expect(stricter).toMatchObject({ looked: 3, more: 1, less: 0, blocked: 0, extraApprovals: 1 });
    expect(stricter?.longestWaitMs).toBe(3 * 3_600_000);
    expect(stricter?.examples).toEqual([
      {
        ...{ id: small.id, memberId: small.memberId, asset: 'LTC', amount: '0.7' },
        ...{ from: { no: 1, approvals: 1, groups: NOBODY_NAMED }, to: { no: 2, approvals: 2, groups: NOBODY_NAMED } },
      },
    ]);
    expect(await pagesOf(withSecond(rules, from('6')), since)).toMatchObject([{ less: 1, extraApprovals: -1 }]);
    const [blocked] = await pagesOf(withSecond(rules, { approvals: 9 }), since);
    // It was asked for more and nobody has approved it: how long that took is not known.
    expect(blocked).toMatchObject({ more: 1, longestWaitMs: 0, blocked: 1, examples: [{ id: large.id }] });
    expect(await pagesOf(rules, since)).toMatchObject([{ more: 0, less: 0, extraApprovals: 0 }]);
  });

  test('on very many, a page at a time, and each is looked at once', async () => {
    for (let first = 1; first <= ROWS; first += CHUNK) await insert(first, first + CHUNK - 1);
    const draft = withSecond(await rulesInForce(), { from: { ...from('0.5').from, value: '100' } });
    const began = performance.now();
    const pages = await pagesOf(draft, new Date(Date.now() - 30 * 86_400_000).toISOString());
    const took = Math.round(performance.now() - began);
    const looked = pages.reduce((sum, page) => sum + page.looked, 0);
    expect(looked).toBeGreaterThanOrEqual(ROWS);
    expect(looked).toBeLessThan(ROWS + 50);
    expect(pages).toHaveLength(Math.floor(looked / 10_000) + 1);
    expect(took).toBeLessThan(WITHIN_MS);
    figure(`${looked} withdrawals looked at in ${took} ms, in ${pages.length} steps`);
  }, 180_000);
});
