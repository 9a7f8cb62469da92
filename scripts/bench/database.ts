import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type pg from 'pg';
import { migrateUp } from '#server/database/migrate.ts';
import { actionDigest } from '#server/operators/index.ts';
import { dropDatabase, openDatabase, withClient } from '../database/index.ts';
import { dataFolder } from '../paths.ts';
import { BOOKS, PEOPLE, POLICY, RESET, VOTES, WITHDRAWALS } from './seed-sql.ts';

const CHUNK_ROWS = 50_000;
/** So that small runs have enough to approve as well. */
const PENDING_MIN = 6_000;
/** Part of the database's name: a seed of another shape is another database. */
const SEED = 3;

export interface BenchDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/** The seeded database of this size: made, migrated and filled at the first run, found by its name later. */
export async function openBenchDatabase(rows: number): Promise<BenchDatabase> {
  const name = `countersign_bench_${SEED}_${rows}`;
  const options = { dataFolder: join(dataFolder, 'bench') };
  const found = await openDatabase(name, options);
  if (await isSeeded(found.url)) {
    await migrateUp(found.url);
    return found;
  }
  const server = new URL(found.url);
  server.pathname = '/postgres';
  await dropDatabase(server.href, name);
  const made = await openDatabase(name, options);
  await found.stop();
  await migrateUp(made.url);
  await withClient(made.url, (client) => seed(client, rows));
  return made;
}

const isSeeded = (url: string): Promise<boolean> =>
  withClient(url, async (client) => {
    const { rows } = await client.query("select to_regclass('public.bench_seeded_with_policy') is not null as seeded");
    return rows[0]?.seeded === true;
  });

async function seed(client: pg.Client, rows: number): Promise<void> {
  const started = Date.now();
  const [approver, second, key] = [randomUUID(), randomUUID(), randomUUID()];
  const more = Math.max(0, PENDING_MIN - Math.floor(rows / 50));
  await client.query('set synchronous_commit = off');
  await client.query(PEOPLE[0], [approver, second]);
  await client.query(PEOPLE[1], [key, second]);
  await client.query(POLICY);
  for (let from = 1; from <= rows + more; from += CHUNK_ROWS) {
    const through = Math.min(from + CHUNK_ROWS - 1, rows + more);
    await client.query(WITHDRAWALS, [from, through, rows, key, more]);
    console.log(`seeding: ${through} of ${rows + more} withdrawals, ${Math.round((Date.now() - started) / 1000)} s`);
  }
  await client.query(VOTES, [second]);
  await client.query('begin');
  for (const statement of BOOKS) await client.query(statement);
  await client.query('commit');
  await client.query('create table bench_seeded_with_policy as select now() as at');
  await client.query('vacuum (analyze)');
}

/** Everything an earlier run approved is pending again, and the tables are as tidy as after the seed. */
export const resetPending = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    for (const statement of RESET) await client.query(statement);
    await client.query('vacuum (analyze) withdrawals, withdrawal_approvals');
    await client.query('checkpoint').catch(() => undefined);
  });

export interface Pending {
  readonly id: string;
  readonly digest: string;
}

/** The second factor as the approver would have given it for each, good for an hour. */
export const grantApprovals = (url: string, pending: readonly Pending[]): Promise<void> =>
  withClient(url, async (client) => {
    await client.query('delete from step_ups');
    await client.query(
      `insert into step_ups (id, session_id, operator_id, action, digest, challenge, began_at, confirmed_at, confirmed_with)
        select gen_random_uuid(), s.id, s.operator_id, 'withdrawals.approve', digest, gen_random_uuid()::text,
          now() + interval '1 hour', now(), 'passkey'
        from operator_sessions s, unnest($1::text[]) as digest`,
      [pending.map((each) => actionDigest('withdrawals.approve', each))],
    );
    await client.query('vacuum (analyze) step_ups');
  });

export const pendingWithdrawals = (url: string): Promise<Pending[]> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<Pending>(
      "select id, digest from withdrawals where status = 'pending' and expires_at > now() order by random()",
    );
    return rows;
  });

/** Cookie of better-auth, pinned with its version: the token, a dot and its HMAC-SHA256 in base64, percent-encoded. */
const COOKIE = 'countersign.session_token';

export interface BenchSession {
  readonly cookieName: string;
  readonly cookie: string;
}

/** A session row as a sign-in would leave it, and the cookie the browser would hold. */
export async function openSession(url: string, secret: string): Promise<BenchSession> {
  const token = randomBytes(24).toString('base64url');
  await withClient(url, async (client) => {
    await client.query('delete from operator_sessions');
    await client.query(
      `insert into operator_sessions (id, operator_id, token, expires_at, created_at, updated_at, second_factor_at)
        select $1, id, $2, now() + interval '12 hours', now(), now(), now() from operators where email = 'approver@bench.invalid'`,
      [randomUUID(), token],
    );
  });
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  return { cookieName: COOKIE, cookie: `${COOKIE}=${encodeURIComponent(`${token}.${signature}`)}` };
}

/** A key of a platform's backend that may credit, as an admin would have made it. */
export async function openKey(url: string): Promise<string> {
  const key = `csk_${randomBytes(32).toString('base64url')}`;
  await withClient(url, (client) =>
    client.query(
      `with made as (
         insert into api_keys (id, name, scopes, calls_per_minute, created_by, created_at)
         select $1, 'bench', array['credit'], 100000, id, now() from operators where email = 'approver@bench.invalid'
         returning id, created_by)
       insert into api_key_secrets (id, api_key_id, hash, shown_to, created_at)
       select id, id, $2, created_by, now() from made`,
      [randomUUID(), createHash('sha256').update(key).digest('hex')],
    ),
  );
  return key;
}

/** The last row of page `page` of the completed ones, newest first: where the next page begins. */
export const placeOfPage = (url: string, page: number): Promise<{ at: string; id: string }> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ at: string; id: string }>(
      `select id, to_char(requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from withdrawals
        where status = 'completed' order by requested_at desc, id desc offset $1 limit 1`,
      [page * 50 - 1],
    );
    const [place] = rows;
    if (!place) throw new Error(`there is no page ${page}`);
    return place;
  });
