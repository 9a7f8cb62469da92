import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { approved, asked, domainCodeOf, operatorOf, refusal, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
let account = '';
beforeAll(async () => {
  app = await testApplication({
    environment: { ALLOW_LIST: 'LTC:require,DOGE:warn', APPROVAL_TWO_PERSON_FROM: 'LTC:100,DOGE:100' },
  });
  const [project] = await app.sql<{ account: string }>('select account from pool_projects');
  account = project?.account ?? '';
});
afterAll(() => app.close());
/** By how much the clock of this process is wrong: nothing is measured by it. */
const WRONG_BY_MS = 2 * 86_400_000;
beforeEach(() => past('delete from allow_list_entries'));

/** What nobody can do to the list but time. */
const past = (change: string) =>
  app.sql(`set session_replication_role = replica; ${change}; set session_replication_role = origin`);
const aDayPasses = () =>
  past(
    `update allow_list_entries set added_at = added_at - interval '1 day', active_from = active_from - interval '1 day'`,
  );

const entry = (changes: object = {}) => ({
  asset: 'LTC',
  address: account,
  label: 'treasury',
  note: 'ours',
  ...changes,
});

async function listed(changes: object = {}): Promise<string> {
  for (const name of ['first', 'second']) {
    const { caller } = await operatorOf(app, 'finance', name);
    await caller.allowList.add(entry(changes));
  }
  const { caller } = await operatorOf(app);
  const { rows } = await caller.allowList.list({});
  return rows[0]?.id ?? '';
}

describe('an address', () => {
  test('is listed by two people, and counts a day later', async () => {
    const first = await operatorOf(app, 'finance', 'first');
    const second = await operatorOf(app, 'finance', 'second');
    expect(await first.caller.allowList.add(entry())).toMatchObject({ state: 'proposed' });
    expect(await first.caller.allowList.add(entry())).toMatchObject({ state: 'proposed' });
    expect((await second.caller.allowList.rules({})).proposals).toMatchObject([{ body: { address: account } }]);
    expect((await second.caller.allowList.list({})).rows).toEqual([]);
    expect(await refusal(second.caller.allowList.add(entry({ label: 'another' })))).toBe('decision.differs');
    expect(await second.caller.allowList.add(entry())).toMatchObject({ state: 'confirmed' });
    const { rows } = await second.caller.allowList.list({ filter: { asset: 'LTC' } });
    expect(rows).toMatchObject([
      { state: 'cooling', proposedBy: { id: first.id }, confirmedBy: { id: second.id }, removed: null },
    ]);
    await aDayPasses();
    expect((await second.caller.allowList.list({})).rows[0]?.state).toBe('active');
    expect(await refusal(first.caller.allowList.add(entry()))).toBe('allow_list.exists');
  });

  test('is taken off by one, at once', async () => {
    const id = await listed();
    const { caller } = await operatorOf(app, 'finance', 'third');
    await caller.allowList.remove({ id, reason: 'closed' });
    expect((await caller.allowList.list({})).rows).toEqual([]);
    expect((await caller.allowList.list({ filter: { removed: true } })).rows).toMatchObject([
      { id, state: 'removed', removed: { reason: 'closed' } },
    ]);
    expect(await refusal(caller.allowList.remove({ id, reason: 'again' }))).toBe('allow_list.not_found');
  });

  test('takes a second factor, on the list and off it', async () => {
    const { plain } = await operatorOf(app);
    expect(await refusal(plain.allowList.add(entry({ label: 'without a second factor' })))).toBe(
      'auth.step_up_required',
    );
    const id = await listed();
    expect(await refusal(plain.allowList.remove({ id, reason: 'closed' }))).toBe('auth.step_up_required');
  });

  test('cannot be put in force sooner, nor come back, past the console', async () => {
    const id = await listed();
    await expect(app.sql('update allow_list_entries set active_from = added_at')).rejects.toThrow(/cannot be changed/);
    await expect(app.sql('update allow_list_entries set confirmed_by = proposed_by')).rejects.toThrow(
      /cannot be changed|check/,
    );
    await expect(app.sql('delete from allow_list_entries')).rejects.toThrow(/refused/);
    const { caller } = await operatorOf(app);
    await caller.allowList.remove({ id, reason: 'closed' });
    const back = 'update allow_list_entries set removed_at = null, removed_by = null, removal_reason = null';
    await expect(app.sql(back)).rejects.toThrow(/cannot be changed/);
  });

  test('must be one of its asset, and whoever lists it is told what else it could be', async () => {
    const { caller } = await operatorOf(app);
    const doge = 'DEQU7G2Chw4r1gSKZt2GfKBpGbkbQSwp3S';
    const error = await caller.allowList.check({ asset: 'LTC', address: doge }).catch((reason: unknown) => reason);
    expect(domainCodeOf(error)).toBe('address.invalid');
    await listed({ asset: 'DOGE', address: doge });
    expect(await caller.allowList.check({ asset: 'DINGO', address: doge })).toEqual({
      ...{ address: doge, alsoOf: ['DOGE', 'BELLS'], listedFor: ['DOGE'], lookAlikes: [] },
    });
    const likeIt = await caller.allowList.check({ asset: 'BSC:BNB', address: `0x${'ab'.repeat(20)}` });
    expect(likeIt.address).toMatch(/^0x(?=.*A)(?=.*b)/);
  });

  test('one slip of the hand away from a listed one is told of it', async () => {
    const address = 'treasury@platform.example';
    await listed({ address });
    const { caller } = await operatorOf(app);
    const likeIt = async (text: string) =>
      (await caller.allowList.check({ asset: 'LTC', address: text })).lookAlikes.map((each) => each.address);
    const [swapped, less, more] = [
      'treasury@platform.exampel',
      'treasury@platform.exampl',
      'treasury@platform.examples',
    ];
    for (const slip of [swapped, less, more, 'ftreasury@platform.example', 'xreasury@platform.example']) {
      expect([slip, await likeIt(slip)]).toEqual([slip, [address]]);
    }
    for (const other of [address, 'payouts@platform.example', 'xreasury@platform.exampel']) {
      expect([other, await likeIt(other)]).toEqual([other, []]);
    }
  });
});

describe('where the list is required', () => {
  test('what is not listed is refused at the asking', async () => {
    const request = await asked(app);
    expect((await shown(app, request)).status).toBe('cancelled');
    const { caller } = await operatorOf(app);
    const { rows } = await caller.risk.findings({ withdrawalId: request.id });
    expect(rows).toMatchObject([{ rule: 'allow_list', result: 'refuse', threshold: 'require', observed: 'absent' }]);
  });

  test('what is listed waits on hold for its day, and is refused to whoever lets it go on before', async () => {
    app.clock.pass(-WRONG_BY_MS);
    await listed();
    app.clock.pass(2 * WRONG_BY_MS);
    const request = await asked(app);
    expect((await shown(app, request)).hold).toMatchObject({ reason: 'risk', note: 'allow_list' });
    const { caller } = await operatorOf(app);
    await caller.withdrawals.release({ id: request.id });
    const approve = () => caller.withdrawals.approve({ id: request.id, digest: request.digest });
    expect(await refusal(approve())).toBe('risk.refused');
    await aDayPasses();
    app.clock.pass(-2 * WRONG_BY_MS);
    expect((await approve()).approvals).toMatchObject({ required: 2, given: [{}] });
    app.clock.pass(WRONG_BY_MS);
  });

  test('what was taken off the list after the approval is not sent, and everybody votes again', async () => {
    const id = await listed();
    await aDayPasses();
    const request = await approved(app);
    const { caller } = await operatorOf(app);
    const [row] = (await caller.allowList.list({})).rows;
    expect(row).toMatchObject({ id, state: 'active' });
    await caller.allowList.remove({ id, reason: 'not ours any more' });
    await app.jobs.drain('payout.dispatch');
    expect(await shown(app, request)).toMatchObject({ status: 'pending', revision: 2, attempts: [] });
    const { digest } = await shown(app, request);
    expect(await refusal(caller.withdrawals.approve({ id: request.id, digest }))).toBe('risk.refused');
  });
});

test('where it only warns, a note is left', async () => {
  const request = await asked(app, { asset: 'DOGE' });
  const { caller } = await operatorOf(app);
  expect((await shown(app, request)).status).toBe('pending');
  expect((await caller.risk.findings({ withdrawalId: request.id })).rows).toMatchObject([
    { rule: 'allow_list', result: 'note', threshold: 'warn', observed: 'absent' },
  ]);
});
