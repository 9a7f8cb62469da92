import { newId } from '#server/kernel/ids.ts';
import type { TestApplication } from './application.ts';
import { asked } from './withdrawals.ts';

export interface PastAttempt {
  readonly status: 'dispatching' | 'unknown' | 'not_executed' | 'submitted' | 'confirmed';
  readonly error?: string;
  readonly asset?: string;
  readonly amount?: string;
  /** How long ago its fence was committed, in seconds. */
  readonly ago: number;
}

/** An attempt comes to its status step by step, as the database wants it. */
const WAYS: Readonly<Record<PastAttempt['status'], readonly PastAttempt['status'][]>> = {
  dispatching: [],
  unknown: ['unknown'],
  not_executed: ['not_executed'],
  submitted: ['submitted'],
  confirmed: ['submitted', 'confirmed'],
};
const NAMED: readonly string[] = ['submitted', 'confirmed'];
const ENDED: readonly string[] = ['not_executed', 'confirmed'];

/** Attempts as they would be left by payouts of the last minutes, the oldest first; no money has moved for them. */
export async function pastAttempts(app: TestApplication, past: readonly PastAttempt[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { status, error = null, asset = 'LTC', amount, ago } of past) {
    const request = await asked(app, { asset, ...(amount ? { amount, funds: amount } : {}) });
    const id = newId();
    await app.sql(
      `insert into payout_attempts (id, withdrawal_id, no, provider, kind, asset, amount, to_address, digest, status,
         worker, fenced_at, send_by, lease_until, deadline_at, updated_at)
       select ?, id, 1, 'hashdam', kind, asset, amount, destination_address, digest, 'dispatching', 'past', at, at, at, at, at
       from withdrawals, lateral (select now() - make_interval(secs => ?) as at) t where id = ?`,
      [id, ago, request.id],
    );
    for (const step of WAYS[status]) {
      await app.sql(
        `update payout_attempts set status = ?, error = ?, reference = case when ? then id::text end,
           ended_at = case when ? then fenced_at end where id = ?`,
        [step, error, NAMED.includes(step), ENDED.includes(step), id],
      );
    }
    ids.push(id);
  }
  return ids;
}

/** So that the books of a test file add up again, and that nothing of what it sent counts any more. */
export async function forgetAttempts(app: TestApplication): Promise<void> {
  await app.sql(`
    do $$ begin
      set local session_replication_role = replica;
      delete from payout_attempts where worker = 'past';
      update payout_attempts set fenced_at = fenced_at - interval '1 d';
    end $$`);
}
