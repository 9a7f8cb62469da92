import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { testDatabase } from '#server/testing/database.ts';
import { anOperator, authPost, PASSWORD, signIn } from '#server/testing/sign-in.ts';
import { asked, operatorOf, platformOf, refusal, shown } from '#server/testing/withdrawals.ts';
import { Link } from '../../scripts/chaos/link.ts';
import { answerTrpc } from './http.ts';

const POOL_MAX = 10;
let app: TestApplication;
let link: Link;
let cookie: string;

beforeAll(async () => {
  const direct = new URL(await testDatabase());
  link = await Link.to(Number(direct.port));
  direct.port = String(link.port);
  app = await testApplication({ environment: { DATABASE_URL: direct.href } });
  ({ cookie } = await signIn(app, await anOperator(app, 'support')));
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
  await link.close();
});

const listOverHttp = () =>
  answerTrpc(
    app.container,
    new Request('http://localhost/api/trpc/withdrawals.list?input={}', { headers: { cookie } }),
  );

/** From here on nothing answers at the database's address, until the work is done. */
async function withoutDatabase(work: () => Promise<void>): Promise<void> {
  const [row] = await app.sql<{ port: number }>('select inet_server_port() as port');
  link.leadTo(9);
  link.cut();
  try {
    await work();
  } finally {
    link.leadTo(row?.port ?? 0);
  }
}

describe('while the database is gone', () => {
  test('a read and a change are answered with 503 and when to come again, never with an incident', async () => {
    const request = await asked(app);
    const { caller } = await operatorOf(app);
    await withoutDatabase(async () => {
      const response = await listOverHttp();
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await response.json()).toMatchObject({ error: { data: { domainCode: 'system.busy', incidentId: null } } });
      expect(await refusal(caller.withdrawals.list({}))).toBe('system.busy');
      expect(await refusal(caller.withdrawals.reject({ id: request.id, reason: 'no' }))).toBe('system.busy');
    });
    expect((await shown(app, request)).status).toBe('pending');
    expect((await listOverHttp()).status).toBe(200);
  });

  test('a sign-in is told to come again as well, and succeeds afterwards', async () => {
    const { email } = await anOperator(app);
    const signingIn = () => authPost(app, '/sign-in/email', { body: { email, password: PASSWORD } });
    await withoutDatabase(async () => {
      const response = await signingIn();
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    });
    expect((await signingIn()).status).toBe(200);
  });
});

test('a connection that is cut in the middle of fifty reads costs a few callers a second try, nobody an incident', async () => {
  const { caller } = await operatorOf(app);
  const reads = Array.from({ length: 50 }, () => refusal(caller.withdrawals.list({})));
  link.cut();
  const endings = await Promise.all(reads);
  expect(endings.filter((ending) => ending !== 'none' && ending !== 'system.busy')).toEqual([]);
  expect(await refusal(caller.withdrawals.list({}))).toBe('none');
});

test('what the queue finds out by itself ends no process', () => {
  expect(app.container.shared.boss.emit('error', new Error('the database went away'))).toBe(true);
});

test('a caller who finds every connection taken is told so within seconds', { timeout: 30_000 }, async () => {
  const { caller } = await platformOf(app);
  const taken = Promise.withResolvers<void>();
  const holders = Array.from({ length: POOL_MAX }, () =>
    app.container.sessions.inTransaction(async ({ operators }) => {
      await operators.refuseDisabled(newId()).catch(() => undefined);
      await taken.promise;
    }),
  );
  await vi.waitFor(async () => {
    expect(await refusal(caller.withdrawals.list({}))).toBe('system.busy');
  }, 15_000);
  taken.resolve();
  await Promise.all(holders);
  expect(await refusal(caller.withdrawals.list({}))).toBe('none');
});
