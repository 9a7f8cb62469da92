import { setTimeout as pause } from 'node:timers/promises';
import { payoutsIn, stuckIn, unpaidOrPaidTwice, untold } from '../../chaos/checker.ts';
import { journalOf, readFacts } from '../../chaos/facts.ts';
import { untilQuiet } from '../../chaos/run.ts';
import { tellVendor } from '../../local/vendor-control.ts';
import { type Measured, type Stage, tallied } from '../stage.ts';

const READERS = 4;
const RATIO_MAX = 1.5;
/** A few seconds measure the machine's other guests as well: then only a console that hangs is told. */
const STEADY_FROM_MS = 60_000;
const RATIO_MAX_BRIEFLY = 4;
const APPROVE_EVERY_MS = 500;
const LOOK_EVERY_MS = 250;
/** Within so long the console says that a provider fails. */
const SHOWN_WITHIN_MS = 15_000;
/** A breaker that opened tries one payout a minute after the last failure. */
const OVER_WITHIN_MS = 180_000;

/**
 * One after the other: nothing but errors, answers half a minute late or never, and answers that are none. The first alone,
 * and not how it ends, where there are seconds only: a breaker stays open for a minute.
 */
const BAD_HOURS = {
  down: { status: 1 },
  slow: { late: 0.6, hang_before: 0.4 },
  garbage: { garbage: 0.4, truncated: 0.3, redirect: 0.3 },
} as const;

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
const p95 = (values: readonly number[]): number => sorted(values)[Math.floor(values.length * 0.95)] ?? Number.NaN;

/** How long a list takes, asked for again and again by several people. */
async function listFor({ cast }: Stage, lastsMs: number): Promise<{ ms: number[]; said: string[] }> {
  const ms: number[] = [];
  const said: string[] = [];
  const until = Date.now() + lastsMs;
  await Promise.all(
    Array.from({ length: READERS }, async (_, reader) => {
      while (Date.now() < until) {
        const from = performance.now();
        said.push(
          await cast.finance[reader % 2 === 0 ? 0 : 1].once(
            (client) => client.withdrawals.list.query({}),
            () => '200',
          ),
        );
        ms.push(performance.now() - from);
      }
    }),
  );
  return { ms, said };
}

/** Keeps payouts coming, so that the workers are busy with the vendor all the time; resolves to what was approved. */
async function approveUntil(stage: Stage, signal: AbortSignal): Promise<readonly string[]> {
  const ids: string[] = [];
  while (!signal.aborted) {
    const { id, digest } = await stage.ask();
    await stage.cast.finance[0].call((client) => client.withdrawals.approve.mutate({ id, digest }));
    ids.push(id);
    await pause(APPROVE_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  return ids;
}

async function measured(stage: Stage, lastsMs: number) {
  const over = new AbortController();
  const approvals = approveUntil(stage, over.signal);
  const lists = await listFor(stage, lastsMs);
  over.abort();
  return { ...lists, ids: await approvals };
}

/** How long until the console says of the pool that it fails, or no longer; for ever when it does not within `withinMs`. */
async function shownAfter({ cast }: Stage, isFailing: boolean, withinMs: number): Promise<number> {
  const from = Date.now();
  for (; Date.now() - from < withinMs; await pause(LOOK_EVERY_MS)) {
    const { providers } = await cast.admin.ask((client) => client.system.status.query({}));
    const pool = providers.find(({ provider }) => provider === 'hashdam');
    if (pool && (pool.condition !== 'running') === isFailing) return Date.now() - from;
    // What only people mend: a provider that was paused because of what it answered goes on.
    if (!isFailing && pool?.pausedAt)
      await cast.admin.ask((client) => client.system.resumeProvider.mutate({ provider: 'hashdam', reason: 'mended' }));
  }
  return Number.POSITIVE_INFINITY;
}

/** What is not as it should be once the vendors are well again and nothing is under way. */
async function wrongOf({ world }: Stage, ids: ReadonlySet<string>): Promise<readonly string[]> {
  const facts = await readFacts(world.databaseUrl(), await journalOf(world.vendors));
  const withdrawals = facts.withdrawals.filter(({ id }) => ids.has(id));
  const paid = new Set(payoutsIn(facts.journal).map(({ amount }) => amount));
  const released = new Set(
    facts.postings.filter(({ kind }) => kind === 'RELEASE').map(({ withdrawalId }) => withdrawalId),
  );
  return [
    ...unpaidOrPaidTwice(facts),
    ...withdrawals
      .filter(({ id, amount }) => paid.has(amount) && released.has(id))
      .map(({ id }) => `${id} was paid and given back`),
    ...untold({ ...facts, withdrawals }).map(({ id }) => `${id} waits for people, and nobody was told`),
    ...stuckIn({ ...facts, withdrawals }).map(({ id, status }) => `${id} is ${status} for good`),
  ];
}

/** How long until the console says that all is well. Payouts keep coming: a breaker that is open waits for one to try. */
async function wellAgain(stage: Stage, ids: Set<string>): Promise<number> {
  const over = new AbortController();
  const approvals = approveUntil(stage, over.signal);
  const wellMs = await shownAfter(stage, false, OVER_WITHIN_MS);
  over.abort();
  for (const id of await approvals) ids.add(id);
  return wellMs;
}

/** Row 16: the same work beside healthy vendors and beside ones that are down, slow and broken. */
export async function vendorsBadDay(stage: Stage, lastsMs: number): Promise<Measured> {
  const tellBoth = async (plan: object | null) => {
    const { hashdamUrl, mblockUrl } = stage.world.vendors;
    for (const url of [hashdamUrl, mblockUrl]) await tellVendor(url, 'plan', plan);
  };
  const isBrief = lastsMs < STEADY_FROM_MS;
  await listFor(stage, Math.min(lastsMs, 5_000));
  const normal = await measured(stage, lastsMs);
  const ids = new Set(normal.ids);
  const bad = { ms: [] as number[], said: [] as string[] };
  const shown: string[] = [];
  let isShown = true;
  const hours = Object.entries(BAD_HOURS).slice(0, isBrief ? 1 : undefined);
  for (const [hour, probabilities] of hours) {
    await tellBoth({ seed: 16, probabilities, delayMs: 30_000 });
    const [failingMs, lists] = await Promise.all([
      shownAfter(stage, true, 2 * SHOWN_WITHIN_MS),
      measured(stage, lastsMs / hours.length),
    ]);
    for (const id of lists.ids) ids.add(id);
    bad.ms.push(...lists.ms);
    bad.said.push(...lists.said);
    await tellBoth(null);
    isShown &&= failingMs <= SHOWN_WITHIN_MS;
    shown.push(`${hour} after ${(failingMs / 1000).toFixed(1)} s`);
    if (isBrief) continue;
    const wellMs = await wellAgain(stage, ids);
    isShown &&= wellMs <= OVER_WITHIN_MS;
    shown.push(`over after ${(wellMs / 1000).toFixed(1)} s`);
  }
  if (!isBrief) await untilQuiet(stage.world);
  const wrong = isBrief ? [] : await wrongOf(stage, ids);
  const ratio = p95(bad.ms) / p95(normal.ms);
  const failed = bad.said.filter((each) => each !== '200').length;
  const isSteady = ratio <= (isBrief ? RATIO_MAX_BRIEFLY : RATIO_MAX);
  return {
    holds: isSteady && failed === 0 && isShown && wrong.length === 0,
    figures: [
      `p95 of a list: ${p95(normal.ms).toFixed(1)} ms normally, ${p95(bad.ms).toFixed(1)} ms on the bad day: ${ratio.toFixed(2)} times`,
      `${bad.said.length} lists on the bad day: ${JSON.stringify(tallied(bad.said))}`,
      `the console says: ${shown.join('; ')}`,
      isBrief
        ? 'how it ends is measured in full only'
        : `${ids.size} payouts: ${wrong.length} failed, given back or left standing wrongly`,
      ...wrong.slice(0, 5),
    ],
  };
}
