import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { type ServedApplication, served } from '#server/testing/served.ts';
import { platformOf } from '#server/testing/withdrawals.ts';

let app: TestApplication;
let server: ServedApplication;
let url = '';
beforeAll(async () => {
  app = await testApplication();
  server = await served(app);
  url = server.url;
});
afterAll(async () => {
  await server.close();
  await app.close();
});

/** The platform's own program, in a process of its own, with nothing but the package and its key. */
async function program(lines: string, key: string): Promise<unknown> {
  const source = `
    import { createClient } from 'countersign/client';
    const client = createClient({ url: '${url}', apiKey: '${key}' });
    const refused = (call) => call.then(() => 'answered', ({ data }) => [data?.code, data?.domainCode, data?.incidentId]);
    const asked = { memberId: 'alice', asset: 'LTC', amount: '0.25', idempotencyKey: 'order-1' };
    const out = {};
    ${lines}
    console.log(JSON.stringify(out));`;
  const root = path.resolve(import.meta.dirname, '../..');
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { cwd: root });
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (!out.startsWith('{')) throw new Error(errors);
  return JSON.parse(out);
}

test('a platform credits a member, asks for a withdrawal once, and reads what it is refused', async () => {
  const { key } = await platformOf(app);
  const seen = await program(
    `out.credit = await client.ledger.credit.mutate({ memberId: 'alice', asset: 'LTC', amount: '3', reference: 'day-1', idempotencyKey: 'credit-1' });
     out.first = JSON.stringify(await client.withdrawals.request.mutate(asked));
     out.again = JSON.stringify(await client.withdrawals.request.mutate(asked));
     out.other = await refused(client.withdrawals.request.mutate({ ...asked, amount: '0.5' }));
     out.poor = await refused(client.withdrawals.request.mutate({ ...asked, amount: '3', idempotencyKey: 'order-2' }));
     out.fine = await refused(client.withdrawals.request.mutate({ ...asked, amount: '0.000000001', idempotencyKey: 'order-3' }));
     out.bad = await refused(client.withdrawals.request.mutate({ ...asked, amount: 1 }));
     out.approve = await refused(client.withdrawals.approve.mutate({ id: JSON.parse(out.first).id, digest: JSON.parse(out.first).digest }));
     out.listed = (await client.withdrawals.list.query({ filter: { memberId: 'alice' } })).rows.map(({ amount, status }) => [amount, status]);
     out.balances = await client.ledger.balances.query({ memberId: 'alice' });`,
    key,
  );
  const { first, again, ...rest } = seen as { first: string; again: string };
  expect(again).toBe(first);
  expect(JSON.parse(first)).toMatchObject({ memberId: 'alice', amount: '0.25', status: 'pending' });
  expect(rest).toEqual({
    credit: { transactionId: expect.any(String), available: '3', held: '0' },
    other: ['CONFLICT', 'idempotency.conflict', null],
    poor: ['UNPROCESSABLE_CONTENT', 'ledger.insufficient_funds', null],
    fine: ['BAD_REQUEST', 'amount.scale', null],
    bad: ['BAD_REQUEST', 'input.invalid', null],
    approve: ['FORBIDDEN', 'auth.forbidden', null],
    listed: [['0.25', 'pending']],
    balances: [{ asset: 'LTC', available: '2.75', held: '0.25', inFlight: '0', payable: '0' }],
  });
});

test('a key that is none of ours, revoked or expired opens nothing', async () => {
  const lines = `out.seen = await refused(client.ledger.balances.query({ memberId: 'alice' }));`;
  const revoked = await app.withKey('read');
  const expired = await app.withKey('read');
  expect(await program(lines, revoked.key)).toEqual({ seen: 'answered' });
  await app.sql('update api_keys set revoked_at = now() where id = ?', [revoked.id]);
  await app.sql('update api_keys set expires_at = now() where id = ?', [expired.id]);
  for (const key of ['csk_wrong', revoked.key, expired.key]) {
    expect(await program(lines, key)).toEqual({ seen: ['UNAUTHORIZED', 'auth.required', null] });
  }
});
