import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LEASE_SLACK_MS } from '#server/withdrawals/payout-policy.ts';
import { placesFor } from '../database/places.ts';
import { tellVendor } from '../local/vendor-control.ts';
import { dataFolder } from '../paths.ts';
import { BookWatch } from './books.ts';
import { type Cast, castOf } from './callers.ts';
import { type Finding, findingsIn, stuckIn, tally, untold } from './checker.ts';
import { type Facts, journalOf, readFacts, readStanding, type Standing } from './facts.ts';
import {
  type AmountPlan,
  COINS,
  creditMembers,
  type Promised,
  playAll,
  type Stage,
  TWO_PEOPLE_FROM,
  wishes,
} from './load.ts';
import { faultPlan } from './plan.ts';
import { Random } from './random.ts';
import { resolveAll } from './resolve.ts';
import { calm, doAll, troubleVendors } from './trouble.ts';
import { openWallets, reopenWallets, unlikeTheChain } from './wallets.ts';
import { DEADLINE_MS, openWorld, type World } from './world.ts';

/** Neither ended nor in people's hands, and nothing has moved for so long since the last fault: stuck. */
const STUCK_AFTER_MS = 120_000;
const TOLD_WITHIN_MS = 5_000;
const POOL_READ_WITHIN_MS = 60_000;
/** How long absence must last before it proves something; a day in production. */
const QUIET_MS = { brief: 5_000, long: 30_000 };
const LOOK_EVERY_MS = 1_000;
/** Vendors are healthy again by then: hardly anything that goes on comes back. */
const SETTLE_ROUNDS_MAX = 20;
const STOCK = '100000000';
/** From here on a run has time for a vendor that wants to be left alone for a minute. */
const PATIENT_FROM_MS = 120_000;

export interface RunOptions {
  readonly seed: number;
  readonly lastsMs: number;
  readonly approvals: number;
  readonly kills: number;
  readonly amounts: AmountPlan;
}

export interface RunResult {
  readonly options: RunOptions;
  readonly findings: readonly Finding[];
  readonly facts: Facts;
  readonly faults: number;
  readonly starts: number;
  readonly quietMs: number;
  /** What was neither at an end nor with people 120 s after the last fault, by status and what it waited for. */
  readonly underWay: ReadonlyMap<string, number>;
  /** How many withdrawals two people had to settle. */
  readonly settled: number;
  readonly looks: number;
  readonly missedLooks: number;
  readonly tally: ReadonlyMap<string, number>;
  readonly logFolder: string;
}

/** A folder without what an earlier run of the same seed left. */
export function freshFolder(name: string): { dataFolder: string; cluster: string } {
  const folder = join(dataFolder, 'chaos', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const cluster = { dataFolder: join(dataFolder, 'chaos'), name: `${name}-postgres` };
  rmSync(placesFor(cluster.dataFolder, cluster.name).cluster, { recursive: true, force: true });
  return { dataFolder: folder, cluster: cluster.name };
}

/** Until the worker has read the pool, nobody knows where a withdrawal would go. */
export async function prepare(world: World, cast: Cast, promised: Promised): Promise<void> {
  for (const coin of COINS) await tellVendor(world.vendors.hashdamUrl, 'balances', { coin, amount: STOCK });
  const until = Date.now() + POOL_READ_WITHIN_MS;
  while (!(await cast.platform.ask((client) => client.mining.balance.query({})))) {
    if (Date.now() > until) throw new Error(`the worker did not read the simulated pool; see ${world.logFolder}`);
    await pause(LOOK_EVERY_MS);
  }
  await creditMembers(cast, promised);
}

/** Mends what only people mend: a provider that was paused goes on. */
async function keepGoing({ admin }: Cast, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { providers } = await admin.ask((client) => client.system.status.query({}));
    for (const { provider, pausedAt } of providers)
      if (pausedAt) await admin.ask((client) => client.system.resumeProvider.mutate({ provider, reason: 'mended' }));
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** How many stand where, and how many attempts there were: what changes while anything moves, in whatever order it is read. */
function stateOf({ withdrawals, attempts }: Standing): string {
  const standing = [...Map.groupBy(withdrawals, ({ status }) => status)].map(
    ([status, of]) => `${status} ${of.length}`,
  );
  return [...standing.sort(), attempts.length].join();
}

/**
 * Waits until nothing is under way, or has moved for as long as it takes to call it stuck, or until `patienceMs` are over.
 * Resolves to how long it took.
 */
export async function untilQuiet(world: World, patienceMs = Number.POSITIVE_INFINITY): Promise<number> {
  const from = Date.now();
  const isOver = (movedAt: number) => Date.now() - movedAt >= STUCK_AFTER_MS || Date.now() - from >= patienceMs;
  for (let moved = { at: from, state: '' }; !isOver(moved.at); await pause(LOOK_EVERY_MS)) {
    const standing = await readStanding(world.databaseUrl());
    if (stuckIn(standing).length === 0 && untold(standing).length === 0) break;
    const state = stateOf(standing);
    if (state !== moved.state) moved = { at: Date.now(), state };
  }
  return Date.now() - from;
}

/** What was so at two looks, a few seconds apart: what has just come to wait is told of in the next moment. */
async function stillWaiting(world: World): Promise<{ findings: Finding[]; underWay: ReadonlyMap<string, number> }> {
  const first = await readStanding(world.databaseUrl());
  await pause(TOLD_WITHIN_MS);
  const now = await readStanding(world.databaseUrl());
  const before = new Set(untold(first).map(({ id }) => id));
  const silent = untold(now).filter(({ id }) => before.has(id));
  return {
    findings: silent.map(({ id }) => `stuck: ${id} waits for people, and nobody was told in time`),
    underWay: tally(stuckIn(now), ({ status, wait }) => (wait ? `${status} (${wait})` : status)),
  };
}

/** What waits behind a settled one of the same sum or wallet goes on, and may come to wait for people itself. */
async function settleByPeople(world: World, { cast, wallets }: Stage): Promise<number> {
  let settled = 0;
  for (let round = 0; round < SETTLE_ROUNDS_MAX; round += 1) {
    const now = (await resolveAll(world, cast)) + (await reopenWallets(wallets, cast));
    settled += now;
    const waitedMs = await untilQuiet(world);
    if (now === 0 && waitedMs < LOOK_EVERY_MS) break;
  }
  return settled;
}

/** One seed from an empty database to the verdict; `onCalm` hears that the last fault is over. What it started is ended by `closeAll`. */
export async function runSeed(options: RunOptions, onCalm?: () => void): Promise<RunResult> {
  const { seed, lastsMs, kills } = options;
  const random = new Random(seed);
  const quiet = lastsMs < PATIENT_FROM_MS ? QUIET_MS.brief : QUIET_MS.long;
  const overrides = {
    ...{ QUIET_PERIOD_MS: String(quiet), TRANSIT_FINAL_WORD_MS: String(quiet) },
    APPROVAL_TWO_PERSON_FROM: TWO_PEOPLE_FROM,
    // Wires are cut so often in a long run that a breaker as in production would let hardly anything be sent at all.
    ...(quiet === QUIET_MS.long && { BREAKER_FAILURES: '9' }),
    ...{ MBLOCK_TRANSIT_DELAY_S: '1', MBLOCK_TRANSIT_COUNT: '5' },
  };
  const world = await openWorld({ ...freshFolder(`seed-${seed}`), no: seed, overrides });
  const cast = await castOf(world);
  const promised: Promised = { credits: new Set(), requests: new Map(), votes: new Set() };
  await prepare(world, cast, promised);
  const stage = { cast, promised, wallets: await openWallets(world, cast) };
  const plan = faultPlan(random.fork('faults'), { lastsMs, kills, leaseMs: DEADLINE_MS + LEASE_SLACK_MS });
  const watch = new BookWatch(world.databaseUrl);
  const over = new AbortController();
  const people = keepGoing(cast, over.signal);
  await troubleVendors(world, { seed, patient: lastsMs >= PATIENT_FROM_MS });
  await Promise.all([doAll(plan, world), playAll(wishes(random.fork('load'), options), stage)]);
  await calm(world);
  onCalm?.();
  const quietMs = await untilQuiet(world, STUCK_AFTER_MS);
  // Before anybody settles anything: by now people must have been told, and what has not ended stands in line behind them.
  const waiting = await stillWaiting(world);
  const settled = await settleByPeople(world, stage);
  over.abort();
  await people;
  const unlike = await unlikeTheChain(stage.wallets, cast);
  await watch.stop();
  const facts = await readFacts(world.databaseUrl(), await journalOf(world.vendors));
  return {
    ...{ options, facts, quietMs, settled, underWay: waiting.underWay },
    findings: [...waiting.findings, ...watch.breaches, ...unlike, ...findingsIn(facts, promised)],
    faults: plan.length,
    starts: [...world.members.values()].reduce((sum, { starts }) => sum + starts, 0),
    looks: watch.looks,
    missedLooks: watch.missed,
    tally: cast.tally,
    logFolder: world.logFolder,
  };
}
