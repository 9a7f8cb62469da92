import { createHash, randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { floor, refused, type SessionRow, session } from './floor.ts';

export const dynamic = 'force-dynamic';

interface Withdrawal {
  readonly id: string;
  readonly status: string;
  readonly digest: string;
  readonly revision: number;
  readonly version: number;
  readonly approvals_required: number;
  readonly requested_by_id: string;
  readonly asset: string;
  readonly destination_address: string;
}

export async function POST(request: Request): Promise<Response> {
  const by = await session(request);
  if (!by) return refused(401);
  const input: { id: string; digest: string } = await request.json();
  const client = await floor().pool.connect();
  try {
    await client.query('begin');
    const answer = await approve(client, input, by);
    await client.query(answer ? 'commit' : 'rollback');
    return answer ? Response.json(answer) : refused(409);
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

const GRANT = `update step_ups set used_at = now() where id = (
    select id from step_ups where session_id = $1 and digest = $2 and operator_id = $3 and used_at is null
    and confirmed_at is not null and began_at > now() - make_interval(secs => 60)
    order by id limit 1 for update skip locked) returning id`;
const LOCK = 'select * from withdrawals where id = $1 for update';
const VOTES = 'select * from withdrawal_approvals where withdrawal_id = $1 and revision = $2 order by id';
const POLICY = 'select no, rules from policy_versions where effective_from <= $1 order by no desc limit 1';
const DELEGATIONS = 'select delegator_id, delegate_id, delegator_role from open_delegations()';
const RISK = `select
  (select d.first_seen_at from operator_sessions s join operator_devices d on d.id = s.device_id
   where s.id = $1::uuid) as device_since,
  (select e.active_from from allow_list_entries e
   where e.asset = $2 and e.address = $3 and e.removed_at is null) as listed_from,
  (select verdict from risk_screenings where withdrawal_id = $4 order by revision desc limit 1) as screened`;
const VOTE = `insert into withdrawal_approvals (id, withdrawal_id, revision, operator_id, digest, note, at)
  values ($1, $2, $3, $4, $5, null, $6)`;
const UPDATE = `update withdrawals set status = 'approved', wait_reason = null, next_attempt_at = null, approved_at = $3,
  not_before = $4, valid_until = $5, updated_at = $3, version = version + 1 where id = $1 and version = $2 returning version`;
const AUDIT = `insert into audit_events (id, at, actor_type, actor_id, session_id, request_id, ip, action, subject_type,
  subject_id, reason, before, after) values ($1, $2, 'operator', $3, $4, $5, null, 'withdrawal.approved', 'withdrawal', $6,
  null, $7, $8)`;
const NAMES = `select id, name from operators where id = any($1::uuid[])
  union all select id, name from api_keys where id = any($2::uuid[])`;

async function approve(client: PoolClient, input: { id: string; digest: string }, by: SessionRow) {
  const run = <T extends object>(name: string, text: string, values: unknown[]) =>
    client.query<T>({ name, text, values });
  const granted = await run('grant', GRANT, [by.session_id, digestOf(input), by.id]);
  if (granted.rows.length === 0) return null;
  const row = (await run<Withdrawal>('lock', LOCK, [input.id])).rows[0];
  if (row?.status !== 'pending' || row.digest !== input.digest) return null;
  const votes = await run('votes', VOTES, [row.id, row.revision]);
  if (votes.rows.length + 1 < row.approvals_required) return null;
  const now = new Date();
  await run('policy', POLICY, [now]);
  await run('delegations', DELEGATIONS, []);
  await run('risk', RISK, [by.session_id, row.asset, row.destination_address, row.id]);
  const before = new Date(now.getTime() + 10_000);
  const job = { name: 'payout.dispatch', data: { withdrawalId: row.id }, startAfter: before };
  await run('job', floor().config.jobSql, [JSON.stringify([job])]);
  const people = [row.requested_by_id, by.id];
  const names = await run('names', NAMES, [people, people]);
  await run('vote', VOTE, [randomUUID(), row.id, row.revision, by.id, input.digest, now]);
  const after = { status: 'approved', row: 'W4', revision: row.revision, given: 1, required: 1, digest: input.digest };
  const told = [JSON.stringify({ status: row.status }), JSON.stringify(after)];
  await run('audit', AUDIT, [randomUUID(), now, by.id, by.session_id, randomUUID(), row.id, ...told]);
  const valid = new Date(now.getTime() + 72 * 3_600_000);
  const updated = await run<{ version: number }>('update', UPDATE, [row.id, row.version, now, before, valid]);
  return { ...row, ...updated.rows[0], status: 'approved', names: names.rows };
}

/** As the product takes it: over the canonical text of the action and its input. */
const digestOf = ({ id, digest }: { id: string; digest: string }): string =>
  createHash('sha256')
    .update(JSON.stringify({ action: 'withdrawals.approve', input: { digest, id } }))
    .digest('hex');
