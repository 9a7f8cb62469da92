import { setTimeout as pause } from 'node:timers/promises';
import { payoutsIn } from '../../chaos/checker.ts';
import { journalOf, readFacts } from '../../chaos/facts.ts';
import { untilQuiet } from '../../chaos/run.ts';
import { tellVendor } from '../../local/vendor-control.ts';
import { type Measured, type Stage, tallied } from '../stage.ts';

const EVERY_MS = 1_000;
const TOLD_WITHIN_S = 60;

/**
 * Row 5: the vendor executes everything and answers nothing. What the breaker holds back meanwhile is sent when the vendor
 * answers again.
 */
export async function unknownIsNeverFailed(stage: Stage, lastsMs: number): Promise<Measured> {
  const { world, cast } = stage;
  const methods = ['assetWithdrawRequest'];
  await tellVendor(world.vendors.hashdamUrl, 'plan', { seed: 5, probabilities: { drop_after: 1 }, methods });
  const ids = new Set<string>();
  const amounts = new Set<string>();
  for (const until = Date.now() + lastsMs; Date.now() < until; await pause(EVERY_MS)) {
    const { id, digest, amount } = await stage.ask();
    await cast.finance[0].ask((client) => client.withdrawals.approve.mutate({ id, digest }));
    ids.add(id);
    amounts.add(amount);
  }
  await tellVendor(world.vendors.hashdamUrl, 'plan', null);
  await untilQuiet(world);
  const facts = await readFacts(world.databaseUrl(), await journalOf(world.vendors));
  const ours = facts.withdrawals.filter(({ id }) => ids.has(id));
  const paid = tallied(payoutsIn(facts.journal).map(({ amount }) => amount ?? ''));
  const twice = [...amounts].filter((amount) => paid[amount] !== 1).length;
  const moved = facts.postings.filter(({ withdrawalId, kind }) => ids.has(withdrawalId) && kind === 'RELEASE').length;
  const [told] = await stage.sql<{ slowest: number; count: number; unknown: number }>(
    `select count(distinct a.subject_id)::int as unknown, count(distinct e.withdrawal_id)::int as count,
       coalesce(max(extract(epoch from n.at - a.at)), 0)::float as slowest
     from audit_events a
     left join notification_events e on e.withdrawal_id::text = a.subject_id and e.type = 'withdrawal.manual_review'
     left join notifications n on n.id = e.id
     where a.action = 'payout.outcome_unknown' and a.subject_id = any($1::text[])`,
    [[...ids]],
  );
  const statuses = tallied(ours.map(({ status }) => status));
  const isRight = (statuses['failed'] ?? 0) === 0 && twice === 0 && moved === 0;
  const [unknown, toldOf, slowest] = [told?.unknown ?? 0, told?.count ?? 0, told?.slowest ?? Number.POSITIVE_INFINITY];
  return {
    holds: isRight && unknown > 0 && toldOf === unknown && slowest <= TOLD_WITHIN_S,
    figures: [
      `${ids.size} payouts, ${unknown} of them without an answer: ${JSON.stringify(statuses)}`,
      `${twice} not executed exactly once, ${moved} refunded; people told of ${toldOf}, the last after ${slowest.toFixed(1)} s`,
    ],
  };
}
