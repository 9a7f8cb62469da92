import type { EntityManager } from '@mikro-orm/postgresql';
import { listOf, sql } from '#server/database/sql.ts';
import type { JobName, JobPayloads, JobQueue } from '#server/kernel/job-queue.ts';
import { OPEN_ATTEMPT_STATUSES } from '#server/withdrawals/statuses.ts';

type Timer =
  | 'payout.dispatch'
  | 'payout.look-up'
  | 'payout.recover'
  | 'callback.process'
  | 'wallet.rotation-recover'
  | 'withdrawal.expire'
  | 'withdrawal.hold-aged'
  | 'policy.apply'
  | 'risk.screen'
  | 'notifications.fan-out'
  | 'notifications.deliver'
  | 'notifications.escalate';

/** What left a wallet is looked for again until a day after it was proven (row A24); BNB leaves nothing to look for. */
const STILL_LOOKED_FOR = `
  select id from payout_attempts
  where provider = 'mblock' and asset <> 'BSC:BNB' and (status = 'confirmed' or late_at is not null)
    and taken_back_at is null and coalesce(late_at, ended_at) > clock_timestamp() - interval '3 days'
    and coalesce(looked_at, fenced_at) < coalesce(late_at, ended_at) + interval '1 day'`;

/**
 * A closed one that a report or people gave a name is looked for once a day (row A23). Whether the name is its own only a
 * look can tell, so the day is counted from the last one.
 */
const LATE_LOOK_IS_OVERDUE = `
  select id from payout_attempts a
  where provider = 'mblock' and asset <> 'BSC:BNB' and status = 'not_executed' and late_at is null
    and ended_at > clock_timestamp() - interval '30 days'
    and coalesce(looked_at, ended_at) < clock_timestamp() - interval '1 day'
    and (reference is not null or exists (select 1 from wallet_callbacks c where c.attempt_id = a.id))`;

/**
 * Every look evaluates all that was reported before it. While the sender has the word, the end of its lease leads to one;
 * what came longer ago than payments are asked after says nothing new.
 */
const REPORTED_SINCE_THE_LAST_LOOK = `
  select distinct a.id from wallet_callbacks c join payout_attempts a on a.id = c.attempt_id
  where c.received_at > clock_timestamp() - interval '30 days' and a.status <> 'dispatching'
    and (a.looked_at is null or a.looked_at < c.received_at)`;

/** Nobody may be declared gone before the lease is over; a key that was kept after it waits for nothing. */
const UNFINISHED_ROTATIONS = `
  select id from key_rotations
  where (status = 'dispatching' and lease_until < clock_timestamp())
    or (status in ('unknown', 'lost', 'not_rotated') and sealed_key is not null)`;

/** A look of another moment than the attempt's ends at once: it is nobody's living job. */
const IS_NOT_SUPERSEDED = `
  and (j.data->>'at' is null or (j.data->>'at')::timestamptz =
    (select next_look_at from payout_attempts a where a.id = waiting.id))`;

/** For each queue that something waits for: by what a job names its row, and which rows must have one. */
const WAITING: { readonly [Name in Timer]: { readonly key: keyof JobPayloads[Name] & string; readonly rows: string } } =
  {
    'payout.dispatch': {
      key: 'withdrawalId',
      rows: `select w.id from withdrawals w where w.status in ('approved', 'retrying') and not exists (
             select 1 from payout_attempts a where a.withdrawal_id = w.id
               and a.status in ${listOf(OPEN_ATTEMPT_STATUSES)})`,
    },
    'payout.recover': { key: 'attemptId', rows: `select id from payout_attempts where status = 'dispatching'` },
    'payout.look-up': {
      key: 'attemptId',
      rows: `select id from payout_attempts where status in ('submitted', 'pending-transit', 'unknown')
             union all ${STILL_LOOKED_FOR} union all ${LATE_LOOK_IS_OVERDUE}`,
    },
    'callback.process': { key: 'attemptId', rows: REPORTED_SINCE_THE_LAST_LOOK },
    'wallet.rotation-recover': { key: 'rotationId', rows: UNFINISHED_ROTATIONS },
    'withdrawal.expire': {
      key: 'withdrawalId',
      // On hold the clock stands still; the release sends the job of what was left.
      rows: `select id from withdrawals where status in ('pending', 'approved_pending') and hold_at is null`,
    },
    'withdrawal.hold-aged': { key: 'withdrawalId', rows: 'select id from withdrawals where hold_at is not null' },
    'policy.apply': { key: 'version', rows: 'select no as id from policy_versions where applied_at is null' },
    'risk.screen': {
      key: 'withdrawalId',
      rows: `select s.withdrawal_id as id from risk_screenings s join withdrawals w on w.id = s.withdrawal_id
             where s.verdict = 'pending' and w.status in ('pending', 'approved_pending') and not exists (
               select 1 from risk_screenings n where n.withdrawal_id = s.withdrawal_id and n.revision > s.revision)`,
    },
    'notifications.fan-out': {
      key: 'eventId',
      rows: 'select id from notification_events where fanned_out_at is null',
    },
    'notifications.deliver': {
      key: 'lane',
      rows: `select distinct lane as id from notification_deliveries where status = 'pending'`,
    },
    'notifications.escalate': {
      key: 'notificationId',
      rows: `select id from notifications where acknowledged_at is null and escalated_at is null and escalate_at is not null`,
    },
  };

/**
 * The queue gives a job up after twenty failures, and somebody may delete one by hand; the row it was for would wait for
 * ever. Here every row that waits and has no living job gets one again. Each job looks at its row first, so one too many
 * does no harm.
 */
export class LostJobs {
  readonly #em: EntityManager;
  readonly #jobs: JobQueue;

  constructor(deps: { em: EntityManager; jobs: JobQueue }) {
    this.#em = deps.em;
    this.#jobs = deps.jobs;
  }

  /** Resolves to how many were sent again. */
  async rearm(): Promise<number> {
    let sent = 0;
    for (const name of Object.keys(WAITING) as Timer[]) sent += await this.#rearm(name);
    return sent;
  }

  async #rearm<Name extends Timer & JobName>(name: Name): Promise<number> {
    const { key, rows } = WAITING[name];
    const lost = await sql<{ id: string }>(
      this.#em,
      `with waiting as (${rows}) select id from waiting where not exists (
         select 1 from pgboss.job j where j.name = ? and j.state < 'completed' and j.data->>'${key}' = waiting.id::text
           ${name === 'payout.look-up' ? IS_NOT_SUPERSEDED : ''})`,
      [name],
    );
    if (name === 'payout.look-up') await this.#forgetMoments(lost);
    for (const { id } of lost) await this.#jobs.send(name, { [key]: id } as unknown as JobPayloads[Name]);
    return lost.length;
  }

  /** The job of that moment is gone: the look that comes instead of it orders the next one. */
  async #forgetMoments(lost: readonly { readonly id: string }[]): Promise<void> {
    const text = 'update payout_attempts set next_look_at = null where id = any(?::uuid[])';
    if (lost.length > 0) await sql(this.#em, text, [lost.map(({ id }) => id)]);
  }
}
