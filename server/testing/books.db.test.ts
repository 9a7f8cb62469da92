import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from './application.ts';
import { expectBooksBalanced, expectLedgerBalanced } from './books.ts';
import { requested } from './members.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

test('books after honest work are in order', async () => {
  const { id } = await requested(app);
  const finance = await app.signedInAs('finance');
  const { digest } = await finance.caller.withdrawals.get({ id });
  await finance.caller.withdrawals.approve({ id, digest });
  await expectBooksBalanced(app);
  await app.jobs.drain('payout.dispatch');
  await expectBooksBalanced(app);
  await app.jobs.hurry('payout.look-up');
  await expectBooksBalanced(app);
});

test('money held for nobody is seen', async () => {
  const { id } = await requested(app, { amount: '0.7' });
  const past = (status: string) =>
    app.container.orm.em.fork().transactional(async (em) => {
      await em.execute('set local session_replication_role = replica');
      await em.execute('update withdrawals set status = ? where id = ?', [status, id]);
    });
  await past('cancelled');
  await expect(expectBooksBalanced(app)).rejects.toThrow(/held that no waiting withdrawal explains/);
  await expectLedgerBalanced(app);
  await past('pending');
});

test('entries that bypass every guard are seen', async () => {
  const id = newId();
  await app.container.orm.em.fork().transactional(async (em) => {
    await em.execute(`set local session_replication_role = replica`);
    await em.execute(
      `insert into ledger_entries (id, transaction_id, code, asset, amount) values (?, ?, 'company', 'LTC', 1)`,
      [id, newId()],
    );
  });
  await expect(expectLedgerBalanced(app)).rejects.toThrow(/does not sum to zero/);
});
