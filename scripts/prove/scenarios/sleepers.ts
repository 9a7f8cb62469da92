import { setTimeout as pause } from 'node:timers/promises';
import { LEASE_SLACK_MS } from '#server/withdrawals/payout-policy.ts';
import { payoutsIn } from '../../chaos/checker.ts';
import { journalOf } from '../../chaos/facts.ts';
import { DEADLINE_MS } from '../../chaos/world.ts';
import { tellVendor } from '../../local/vendor-control.ts';
import type { Asked, Measured, Stage } from '../stage.ts';
import { tallied } from '../stage.ts';

const AT_A_TIME = 12;
const SENT_WITHIN_MS = 5_000;
/** After the first is on its way, before the sender sleeps: others follow, and none has its answer yet. */
const OTHERS_WITHIN_MS = DEADLINE_MS / 8;
/** On a busy machine the answers may all be there before the sender is stopped. */
const SPARE_ROUNDS = 5;
/** A worker's name is host, process and what makes it unique. */
const FENCED = `select w.id from withdrawals w join payout_attempts a on a.withdrawal_id = w.id
  where w.id = any($1::uuid[]) and a.status = 'dispatching' and a.worker like '%:' || $2 || ':%'`;

/** Approves several and puts the first worker to sleep while it waits for the vendor's answer to some of them. */
async function asleepInMidSend(stage: Stage): Promise<string[]> {
  const { world, cast } = stage;
  const slow = { method: 'assetWithdrawRequest', fault: 'late', delayMs: DEADLINE_MS / 2, times: AT_A_TIME };
  await tellVendor(world.vendors.hashdamUrl, 'faults', slow);
  const all: Asked[] = [];
  for (let at = 0; at < AT_A_TIME; at += 1) all.push(await stage.ask());
  const votes = all.map(({ id, digest }) =>
    cast.finance[0].ask((client) => client.withdrawals.approve.mutate({ id, digest })),
  );
  const worker = world.members.get('worker-1');
  const ids = all.map(({ id }) => id);
  for (const until = Date.now() + SENT_WITHIN_MS; Date.now() < until; await pause(20)) {
    const fenced = await stage.sql<{ id: string }>(FENCED, [ids, worker?.pid]);
    if (fenced.length === 0) continue;
    await pause(OTHERS_WITHIN_MS);
    worker?.signal('SIGSTOP');
    await Promise.all(votes);
    return (await stage.sql<{ id: string }>(FENCED, [ids, worker?.pid])).map(({ id }) => id);
  }
  await Promise.all(votes);
  return [];
}

/** Row 12: a worker sleeps past its lease; another takes over; awake again, it may say what it knows and move nothing. */
export async function fencedSleepers(stage: Stage, wanted: number): Promise<Measured> {
  const { world } = stage;
  const slept: string[] = [];
  for (let round = 0; slept.length < wanted && round < wanted + SPARE_ROUNDS; round += 1) {
    const ids = await asleepInMidSend(stage);
    if (ids.length > 0) await pause(DEADLINE_MS + LEASE_SLACK_MS + 1_000);
    const open = `select 1 from payout_attempts where withdrawal_id = any($1::uuid[]) and status = 'dispatching'`;
    for (let tries = 0; tries < 200 && (await stage.sql(open, [ids])).length > 0; tries += 1) await pause(100);
    world.members.get('worker-1')?.signal('SIGCONT');
    slept.push(...ids);
  }
  await pause(DEADLINE_MS * 2);
  const attempts = await stage.sql<{
    id: string;
    amount: string;
    anew: number;
    unproven: number;
    settles: number;
    lost: number;
  }>(
    `select w.id, trim_scale(w.amount)::text as amount, count(a.id)::int - 1 as anew,
       count(a.id) filter (where a.status <> 'not_executed')::int as unproven,
       (select count(*)::int from ledger_transactions t where t.withdrawal_id = w.id and t.kind = 'SETTLE') as settles,
       (select count(*)::int from audit_events e where e.subject_id = w.id::text and e.action = 'payout.outcome_unknown') as lost
     from withdrawals w join payout_attempts a on a.withdrawal_id = w.id where w.id = any($1::uuid[]) group by w.id`,
    [slept],
  );
  const paid = tallied(payoutsIn(await journalOf(world.vendors)).map(({ amount }) => amount ?? ''));
  // Who slept before the first byte says when it wakes that nothing was sent, and only then is it sent anew.
  const twice = attempts.filter((each) => (paid[each.amount] ?? 0) > 1 || each.unproven > 1 || each.settles > 1).length;
  const anew = attempts.filter((each) => each.anew > 0).length;
  const fenced = attempts.filter(({ lost }) => lost === 1).length;
  return {
    holds: slept.length >= wanted && twice === 0 && fenced === slept.length,
    figures: [
      `${slept.length} payouts slept past their lease: ${fenced} taken over and fenced, ${twice} sent or booked twice`,
      `${anew} had slept before their first byte, said so, and were sent anew`,
    ],
  };
}
