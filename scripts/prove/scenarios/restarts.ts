import { setTimeout as pause } from 'node:timers/promises';
import type { Member } from '../../chaos/fleet.ts';
import type { MemberName } from '../../chaos/plan.ts';
import { untilQuiet } from '../../chaos/run.ts';
import { DEADLINE_MS } from '../../chaos/world.ts';
import { tellVendor } from '../../local/vendor-control.ts';
import { type Measured, type Stage, tallied } from '../stage.ts';

const CLIENTS = 32;
/** How often a balancer looks which webs are ready. */
const BALANCER_LOOKS_MS = 200;
const LOAD_AROUND_MS = 700;
const EXIT_WITHIN_MS = 10_000;
const READY_WITHIN_MS = 5_000;
const PICKED_UP_WITHIN_MS = 60_000;
/** A single start on a busy machine says little of how long one takes. */
const ONCE_SLACK = 4;

/** One request on a connection of its own, to the first web of those that are said to be ready. */
async function knock(urls: Iterable<string>, headers: Record<string, string>): Promise<string> {
  const [url] = urls;
  try {
    const address = `${url}/api/trpc/withdrawals.list?input=${encodeURIComponent('{}')}`;
    const response = await fetch(address, { headers: { ...headers, connection: 'close' } });
    await response.text();
    return String(response.status);
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    return cause?.code ?? 'lost';
  }
}

const readyAt = (url: string) => async (): Promise<boolean> => {
  try {
    return (await fetch(`${url}/api/health/ready`, { headers: { connection: 'close' } })).ok;
  } catch {
    return false;
  }
};

/** What every deployment has in front of its webs: it sends requests to those that say they are ready. */
function balancer(urls: readonly string[], signal: AbortSignal): Set<string> {
  const ready = new Set(urls);
  const look = async (url: string) => {
    while (!signal.aborted) {
      if (await readyAt(url)()) ready.add(url);
      else ready.delete(url);
      await pause(BALANCER_LOOKS_MS);
    }
  };
  for (const url of urls) void look(url);
  return ready;
}

async function until(isTrue: () => Promise<boolean>, patienceMs: number): Promise<number> {
  const from = Date.now();
  while (Date.now() - from < patienceMs && !(await isTrue())) await pause(50);
  return Date.now() - from;
}

function memberOf({ world }: Stage, name: MemberName): Member {
  const member = world.members.get(name);
  if (!member) throw new Error(`there is no ${name}`);
  return member;
}

/** Row 11, first half: a web is asked to end while 32 clients work. */
async function deployments(stage: Stage, times: number) {
  const [first] = stage.world.webUrls;
  const said: string[] = [];
  let slowest = 0;
  const over = new AbortController();
  const ready = balancer(stage.world.webUrls, over.signal);
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!over.signal.aborted) said.push(await knock(ready, stage.cast.platformHeaders));
  });
  for (let at = 0; at < times; at += 1) {
    await pause(LOAD_AROUND_MS);
    const from = Date.now();
    await memberOf(stage, 'web-1').retire();
    slowest = Math.max(slowest, Date.now() - from);
    await until(readyAt(first), 30_000);
  }
  over.abort();
  await Promise.all(clients);
  const answers = tallied(said);
  const failed = said.filter((each) => each !== '200').length;
  return {
    holds: failed === 0 && slowest <= EXIT_WITHIN_MS,
    figure: `${times} x SIGTERM under ${CLIENTS} clients: ${JSON.stringify(answers)}, ${failed} failed; slowest exit ${slowest} ms`,
  };
}

/** The second: a web and a worker are killed; how soon is all as before? */
async function accidents(stage: Stage, times: number) {
  const [url] = stage.world.webUrls;
  const readyMs: number[] = [];
  const pickedUpMs: number[] = [];
  const slow = { method: 'assetWithdrawRequest', fault: 'late', delayMs: DEADLINE_MS / 2 };
  for (let at = 0; at < times; at += 1) {
    memberOf(stage, 'web-1').kill();
    await pause(20);
    readyMs.push(await until(readyAt(url), 30_000));
    await tellVendor(stage.world.vendors.hashdamUrl, 'faults', slow);
    const { id, digest } = await stage.ask();
    await stage.cast.finance[0].ask((client) => client.withdrawals.approve.mutate({ id, digest }));
    for (const name of ['worker-1', 'worker-2'] as const) memberOf(stage, name).kill();
    pickedUpMs.push(
      await until(async () => {
        const [row] = await stage.sql<{ status: string }>('select status from withdrawals where id = $1', [id]);
        return row?.status !== 'approved';
      }, PICKED_UP_WITHIN_MS * 2),
    );
  }
  await untilQuiet(stage.world);
  const [slowestReady, slowestJob] = [Math.max(...readyMs), Math.max(...pickedUpMs)];
  return {
    holds: slowestReady <= READY_WITHIN_MS * (times === 1 ? ONCE_SLACK : 1) && slowestJob <= PICKED_UP_WITHIN_MS,
    figure: `${times} x SIGKILL: web ready again after ${slowestReady} ms at most, a dead worker's job done after ${slowestJob} ms at most`,
  };
}

export async function boringRestarts(stage: Stage, times: number): Promise<Measured> {
  const halves = [await deployments(stage, times), await accidents(stage, times)];
  return { holds: halves.every(({ holds }) => holds), figures: halves.map(({ figure }) => figure) };
}
