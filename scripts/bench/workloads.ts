import { PgBoss } from 'pg-boss';
import { toCursor } from '#server/kernel/keyset.ts';
import { withdrawalListInput } from '#server/withdrawals/contract.ts';
import { withdrawalListSql } from '#server/withdrawals/withdrawal-list.ts';
import { withClient } from '../database/index.ts';
import { grantApprovals, type Pending, pendingWithdrawals, resetPending } from './database.ts';
import type { Call } from './load.ts';
import type { Server } from './processes.ts';
import type { Contender } from './rounds.ts';

const SESSION_SQL = `select s.id as session_id, o.id, o.role, o.name, o.email
  from operator_sessions s join operators o on o.id = s.operator_id
  where s.token = $1 and s.expires_at > now() and o.disabled_at is null`;

const listInput = (cursor: string | null) => ({ filter: { status: ['completed'] }, limit: 50, cursor });

/** The statement the product runs for this page, with numbered parameters as `pg` wants them. */
export function listStatement(cursor: string | null): { text: string; values: unknown[] } {
  const { text, parameters } = withdrawalListSql(withdrawalListInput.parse(listInput(cursor)));
  let bound = 0;
  return { text: text.replaceAll('?', () => `$${++bound}`), values: parameters };
}

/** The statement pg-boss runs to insert the job, taken from it in a transaction that is rolled back. */
const jobStatement = (url: string): Promise<string> =>
  withClient(url, async (client) => {
    const said: string[] = [];
    const executeSql = async (text: string, values: unknown[] = []) => {
      said.push(text);
      return { rows: (await client.query(text, values)).rows };
    };
    const boss = new PgBoss({ db: { executeSql }, migrate: false, supervise: false, schedule: false });
    await boss.start();
    await client.query('begin');
    await boss.send('payout.dispatch', {}, { startAfter: new Date(), db: { executeSql } });
    await client.query('rollback');
    await boss.stop({ graceful: false });
    const insert = said.findLast((text) => /insert into pgboss/i.test(text));
    if (!insert) throw new Error('pg-boss inserted nothing');
    return insert;
  });

export async function floorConfig(parts: { databaseUrl: string; secret: string; cookieName: string; deep: string }) {
  return {
    databaseUrl: parts.databaseUrl,
    secret: parts.secret,
    cookieName: parts.cookieName,
    sessionSql: SESSION_SQL,
    list: { first: listStatement(null), deep: listStatement(parts.deep) },
    jobSql: await jobStatement(parts.databaseUrl),
  };
}

export const deepCursor = (place: { at: string; id: string }): string => toCursor(place);

export interface Both {
  readonly product: Server;
  readonly floor: Server;
  readonly cookie: string;
}

const pidOf = ({ child }: Server): number => child.pid ?? 0;

/** W1 and W3: the first page and page 10,000, each asked of both. */
export function listContenders({ product, floor, cookie }: Both, deep: string): Contender[] {
  const get = (path: string): Call => ({ method: 'GET', path, headers: { cookie } });
  const productPage = (cursor: string | null) => get(listPath(cursor));
  const one = (name: string, server: Server, call: Call): Contender => ({
    name,
    port: server.port,
    pid: pidOf(server),
    expect: '"rows":[{',
    next: () => call,
  });
  return [
    one('product W1', product, productPage(null)),
    one('floor W1', floor, get('/list?page=first')),
    one('product W3', product, productPage(deep)),
    one('floor W3', floor, get('/list?page=deep')),
  ];
}

export const listPath = (cursor: string | null): string =>
  `/api/trpc/withdrawals.list?input=${encodeURIComponent(JSON.stringify(listInput(cursor)))}`;

/** W5: credits of one coin to thousands of members, by 8 callers and by 32: a row that all of them wrote would show. */
export function creditContenders({ product }: Both, apiKey: string): Contender[] {
  let n = 0;
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const next = (): Call => {
    n += 1;
    const name = `${process.pid}-${n}`;
    const credit = { memberId: `member-${n % 5_000}`, asset: 'DOGE', amount: '0.01', reference: name };
    const body = JSON.stringify({ ...credit, idempotencyKey: name });
    return { method: 'POST', path: '/api/trpc/ledger.credit', headers, body };
  };
  return [8, 32].map((connections) => ({
    name: `product W5 c=${connections}`,
    port: product.port,
    pid: pidOf(product),
    expect: '"transactionId"',
    next,
    connections,
  }));
}

/** W4: every request approves another pending withdrawal; before a slice there are always enough. */
export function approveContenders(
  { product, floor, cookie }: Both,
  { databaseUrl, sliceRequests }: { databaseUrl: string; sliceRequests: number },
): Contender[] {
  let waiting: Pending[] = [];
  const prepare = async () => {
    if (waiting.length >= sliceRequests) return;
    await resetPending(databaseUrl);
    waiting = await pendingWithdrawals(databaseUrl);
    await grantApprovals(databaseUrl, waiting);
    if (waiting.length < sliceRequests) throw new Error(`only ${waiting.length} withdrawals are pending`);
  };
  const post = (path: string, more: Record<string, string>) => (): Call | null => {
    const pending = waiting.pop();
    const headers = { cookie, 'content-type': 'application/json', ...more };
    return pending ? { method: 'POST', path, headers, body: JSON.stringify(pending) } : null;
  };
  const origin = `http://localhost:${product.port}`;
  return [
    {
      name: 'product W4',
      port: product.port,
      pid: pidOf(product),
      expect: '"status":"approved"',
      next: post('/api/trpc/withdrawals.approve', { origin, 'sec-fetch-site': 'same-origin' }),
      prepare,
    },
    {
      name: 'floor W4',
      port: floor.port,
      pid: pidOf(floor),
      expect: '"status":"approved"',
      next: post('/approve', {}),
      prepare,
    },
  ];
}
