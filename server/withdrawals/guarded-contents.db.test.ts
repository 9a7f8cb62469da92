import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { refused, shownLate } from '#server/testing/late-payments.ts';
import { approved, asked, operatorOf, shown, submitted } from '#server/testing/withdrawals.ts';

let app: TestApplication;
let editor: string;
beforeAll(async () => {
  app = await testApplication();
  editor = (await operatorOf(app, 'finance', 'editor')).id;
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const ASKED: Readonly<Record<string, string>> = {
  id: 'gen_random_uuid()',
  kind: `'wallet_transfer'`,
  member_id: `'somebody-else'`,
  wallet_id: 'gen_random_uuid()',
  asset: `'DOGE'`,
  destination_address: `'thief@exchange.example'`,
  destination_type: `'company'`,
  reference: `'another'`,
  requested_by_type: `'operator'`,
  requested_by_id: 'gen_random_uuid()',
  requested_at: `requested_at - interval '1 second'`,
};
const AMOUNT: Readonly<Record<string, string>> = {
  amount: 'amount + 1',
  digest: `repeat('1', 64)`,
  held_revision: 'held_revision + 1',
  edited_by: '(select id from operators limit 1)',
};
const VOTED_UNDER: Readonly<Record<string, string>> = {
  policy_version: `'another'`,
  policy_tier: 'policy_tier + 1',
  approvals_required: 'approvals_required - 1',
  escalated: 'not escalated',
  expires_after_hours: 'expires_after_hours - 1',
};
const GUARDED = { ...ASKED, ...AMOUNT, ...VOTED_UNDER };

const CANNOT = /what withdrawal .* asks for cannot be changed/;
const ANEW = /is voted on anew/;

const set = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([column, value]) => `${column} = ${value}`)
    .join(', ');
/** As somebody with `psql` and the application's own rights. */
const written = ({ id }: { id: string }, values: Readonly<Record<string, string>>) =>
  app.sql(`update withdrawals set ${set(values)} where id = ?`, [id]);

/** Everything that an edit changes, and nothing that it does not. */
const anEdit = (): Record<string, string> => ({
  amount: 'amount / 2',
  revision: 'revision + 1',
  held_revision: 'revision + 1',
  digest: `repeat('2', 64)`,
  edited_by: `'${editor}'`,
  status: `'pending'`,
});
const without = (values: Record<string, string>, left: string) =>
  Object.fromEntries(Object.entries(values).filter(([column]) => column !== left));

describe('what a withdrawal is', () => {
  const MOVING = ['revision', 'status', 'version', 'updated_at', 'wait_reason', 'next_attempt_at', 'expires_at'];
  const APPROVED = ['approved_at', 'not_before', 'valid_until', 'hold_at', 'hold_by', 'hold_note', 'hold_reason'];

  test('every other column changes while it is decided and paid', async () => {
    const columns = await app.sql<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_schema = 'public' and table_name = 'withdrawals'`,
    );
    const named = [...Object.keys(GUARDED), ...MOVING, ...APPROVED];
    expect(columns.map(({ name }) => name).toSorted()).toEqual(named.toSorted());
  });

  test.each(Object.entries({ ...ASKED, ...AMOUNT }))('%s = %s is refused, whoever writes it', async (column, value) => {
    for (const request of [await asked(app), await approved(app), await submitted(app)]) {
      await expect(written(request, { [column]: value })).rejects.toThrow(CANNOT);
    }
  });

  test.each(Object.entries(VOTED_UNDER))('%s = %s is refused without another round of votes', async (column, value) => {
    for (const request of [await asked(app), await approved(app), await submitted(app)]) {
      await expect(written(request, { [column]: value })).rejects.toThrow(ANEW);
    }
  });

  test.each(Object.entries(ASKED))('%s = %s is refused beside an edit as well', async (column, value) => {
    await expect(written(await asked(app), { ...anEdit(), [column]: value })).rejects.toThrow(CANNOT);
  });
});

describe('another amount', () => {
  test('comes of an edit, on which everybody votes anew', async () => {
    const request = await approved(app, { amount: '0.5' });
    const { caller } = await operatorOf(app, 'finance', 'editor');
    await caller.withdrawals.edit({ id: request.id, amount: '0.25', reason: 'less' });
    expect(await shown(app, request)).toMatchObject({ status: 'pending', amount: '0.25', revision: 2 });
  });

  test('so that a row with all that an edit writes is taken', async () => {
    const { id } = await approved(app);
    const em = app.container.orm.em.fork();
    await em.begin();
    await em.execute(`update withdrawals set ${set(anEdit())} where id = ?`, [id]);
    const [row] = await em.execute('select status, revision from withdrawals where id = ?', [id]);
    await em.rollback();
    expect(row).toEqual({ status: 'pending', revision: 2 });
  });

  test.each(['revision', 'digest', 'edited_by', 'status'])('is no edit without its %s', async (column) => {
    await expect(written(await approved(app), without(anEdit(), column))).rejects.toThrow(CANNOT);
  });

  test.each([
    ['a revision is left out', { revision: 'revision + 2' }],
    ['it holds of another revision', { held_revision: 'revision + 2' }],
  ])('is no edit where %s', async (_what, change) => {
    await expect(written(await asked(app), { ...anEdit(), ...change })).rejects.toThrow(CANNOT);
  });

  test('is no edit of what has ended', async () => {
    await expect(written(await refused(app), anEdit())).rejects.toThrow(CANNOT);
  });

  test('is taken over of an attempt that paid late, and of nothing else', async () => {
    const request = await refused(app);
    const adopted = (amount: string) => written(request, { status: `'completed'`, amount, digest: `repeat('3', 64)` });
    const { caller } = await operatorOf(app, 'finance', 'editor');
    await caller.withdrawals.retry({ id: request.id });
    await caller.withdrawals.edit({ id: request.id, amount: '0.7', reason: 'more' });
    await expect(adopted(request.amount)).rejects.toThrow(CANNOT);
    const { incidentId } = await shownLate(app, request);
    await expect(adopted('0.6')).rejects.toThrow(CANNOT);
    for (const name of ['first', 'second']) {
      const { caller: finance } = await operatorOf(app, 'finance', name);
      await finance.incidents.decide({ id: incidentId, decision: 'adopt', note: 'the member has it' });
    }
    expect(await shown(app, request)).toMatchObject({ status: 'completed', amount: request.amount });
  });
});

describe('the revision', () => {
  test.each(['revision - 1', 'revision + 1', 'revision + 2'])('is not %s by itself', async (revision) => {
    const request = await approved(app);
    await expect(written(request, { revision })).rejects.toThrow(ANEW);
    await expect(written(request, { revision, digest: `repeat('4', 64)` })).rejects.toThrow(CANNOT);
  });
});
