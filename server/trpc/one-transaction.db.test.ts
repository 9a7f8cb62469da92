import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { LedgerService } from '#server/ledger/index.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { asked, operatorOf, platformOf, purse, refusal, shown } from '#server/testing/withdrawals.ts';
import { WithdrawalMover, WithdrawalService, WithdrawalViews } from '#server/withdrawals/index.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

describe('a change that fails half-way', () => {
  test('leaves nothing behind, and the caller an incident id without the inner text', async () => {
    const request = await asked(app);
    const { caller } = await operatorOf(app);
    const move = WithdrawalMover.prototype.move;
    vi.spyOn(WithdrawalMover.prototype, 'move').mockImplementationOnce(async function (this: WithdrawalMover, ...args) {
      await move.apply(this, args);
      throw new Error('inner text: relation "secrets" does not exist');
    });
    const error = await caller.withdrawals.reject({ id: request.id, reason: 'no' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', message: 'something unexpected happened' });
    expect(await shown(app, request)).toMatchObject({
      status: 'pending',
      timeline: [{ action: 'withdrawal.requested' }],
    });
    expect((await purse(app, request)).endsWith(`/${request.amount}/0/0`)).toBe(true);
    await caller.withdrawals.reject({ id: request.id, reason: 'no' });
  });

  test('and a refusal after the first write too', async () => {
    const { caller } = await platformOf(app);
    const memberId = `member-${newId()}`;
    const wish = { memberId, asset: 'LTC', amount: '5', idempotencyKey: newId() };
    expect(await refusal(caller.withdrawals.request(wish))).toBe('ledger.insufficient_funds');
    for (const table of ['withdrawals', 'ledger_accounts']) {
      expect(await app.sql(`select 1 from ${table} where member_id = ?`, [memberId])).toEqual([]);
    }
    expect(await app.sql('select 1 from idempotency_records where key = ?', [wish.idempotencyKey])).toEqual([]);
    await caller.ledger.credit({ memberId, asset: 'LTC', amount: '5', reference: newId(), idempotencyKey: newId() });
    expect((await caller.withdrawals.request(wish)).status).toBe('pending');
  });

  test.each([
    ['40001', 'a serialization failure'],
    ['40P01', 'a deadlock'],
    ['23505', 'a unique key'],
  ])('%s, %s inside the procedure, may simply be tried again', async (code) => {
    const request = await asked(app);
    const { caller } = await operatorOf(app);
    const lost = Object.assign(new Error('lost the race'), { code });
    vi.spyOn(LedgerService.prototype, 'post').mockRejectedValueOnce(lost);
    expect(await refusal(caller.withdrawals.reject({ id: request.id, reason: 'no' }))).toBe('system.busy');
    expect((await caller.withdrawals.reject({ id: request.id, reason: 'no' })).status).toBe('rejected');
  });
});

describe('what leaves', () => {
  test('is what the contract names, whatever else the service knows', async () => {
    const { caller } = await operatorOf(app);
    const total = { count: 1, exact: true, walletKey: 'secret' };
    vi.spyOn(WithdrawalViews.prototype, 'waiting').mockResolvedValueOnce({
      forMe: total,
      byStatus: [{ status: 'pending', ...total }],
    });
    expect(JSON.stringify(await caller.withdrawals.waiting({}))).not.toContain('secret');
  });

  test('a change whose reply breaks the contract is not made', async () => {
    const request = await asked(app);
    const { caller } = await operatorOf(app);
    const reject = WithdrawalService.prototype.reject;
    vi.spyOn(WithdrawalService.prototype, 'reject').mockImplementationOnce(async function (
      this: WithdrawalService,
      ...args
    ) {
      return { ...(await reject.apply(this, args)), amount: '01.0' };
    });
    await expect(caller.withdrawals.reject({ id: request.id, reason: 'no' })).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
    });
    expect((await shown(app, request)).status).toBe('pending');
  });
});

describe('how many statements it takes', () => {
  async function statements(work: () => Promise<unknown>): Promise<string[]> {
    // Below every client: whatever a driver does before, this is what goes over the wire.
    const submit = vi.spyOn(pg.Query.prototype, 'submit');
    await work();
    const texts = submit.mock.contexts
      .map((query) => (query as { text?: string }).text ?? '')
      .map((text) => text.replace(/["\s]+/g, ' ').trim());
    submit.mockRestore();
    return texts.filter((text) => text !== '');
  }
  const kinds = (texts: readonly string[]) =>
    texts.map((text) => {
      const [verb = ''] = text.split(' ');
      const table = /(?:from|into|update) (?:only )?([a-z_.]+)/i.exec(text)?.[1] ?? '';
      return `${verb.toLowerCase()} ${/^(?:begin|start|commit)/i.test(verb) ? '' : table}`.trim();
    });

  test('a list takes one', async () => {
    const { caller } = await operatorOf(app);
    await caller.withdrawals.list({});
    expect(await statements(() => caller.withdrawals.list({ filter: { status: ['pending', 'failed'] } }))).toHaveLength(
      1,
    );
  });

  test('an approval takes these', async () => {
    const request = await asked(app);
    const { plain, grant } = await operatorOf(app);
    const approval = { id: request.id, digest: request.digest };
    await grant('withdrawals.approve', approval);
    const texts = await statements(() => plain.withdrawals.approve(approval));
    expect(kinds(texts)).toMatchInlineSnapshot(`
      [
        "begin",
        "select withdrawals",
        "select withdrawal_approvals",
        "select policy_versions",
        "select open_delegations",
        "select withdrawals",
        "select operator_sessions",
        "select operators",
        "update step_ups",
        "insert withdrawal_approvals",
        "update withdrawals",
        "with pgboss.job",
        "commit",
      ]
    `);
  });
});
