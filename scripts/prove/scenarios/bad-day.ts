import { setTimeout as pause } from 'node:timers/promises';
import { tellVendor } from '../../local/vendor-control.ts';
import { type Measured, type Stage, tallied } from '../stage.ts';

const READERS = 4;
const RATIO_MAX = 1.5;
/** A few seconds measure the machine's other guests as well: then only a console that hangs is told. */
const STEADY_FROM_MS = 60_000;
const RATIO_MAX_BRIEFLY = 4;
const APPROVE_EVERY_MS = 500;
/** Everything a vendor may do on such a day; its answers come half a minute late, or not as answers. */
const BAD_DAY = { late: 0.3, hang_before: 0.2, status: 0.2, garbage: 0.1, truncated: 0.1, redirect: 0.1 };

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

/** Keeps payouts coming, so that the workers are busy with the vendor all the time. */
async function approveUntil(stage: Stage, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { id, digest } = await stage.ask();
    await stage.cast.finance[0].call((client) => client.withdrawals.approve.mutate({ id, digest }));
    await pause(APPROVE_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function measured(stage: Stage, lastsMs: number) {
  const over = new AbortController();
  const approvals = approveUntil(stage, over.signal);
  const lists = await listFor(stage, lastsMs);
  over.abort();
  await approvals;
  return lists;
}

/** Row 16: the same work beside healthy vendors and beside ones that have their worst day. */
export async function vendorsBadDay(stage: Stage, lastsMs: number): Promise<Measured> {
  const { hashdamUrl, mblockUrl } = stage.world.vendors;
  await listFor(stage, Math.min(lastsMs, 5_000));
  const normal = await measured(stage, lastsMs);
  const plan = { seed: 16, probabilities: BAD_DAY, delayMs: 30_000 };
  for (const url of [hashdamUrl, mblockUrl]) await tellVendor(url, 'plan', plan);
  const bad = await measured(stage, lastsMs);
  for (const url of [hashdamUrl, mblockUrl]) await tellVendor(url, 'plan', null);
  const ratio = p95(bad.ms) / p95(normal.ms);
  const failed = bad.said.filter((each) => each !== '200').length;
  return {
    holds: ratio <= (lastsMs < STEADY_FROM_MS ? RATIO_MAX_BRIEFLY : RATIO_MAX) && failed === 0,
    figures: [
      `p95 of a list: ${p95(normal.ms).toFixed(1)} ms normally, ${p95(bad.ms).toFixed(1)} ms on the bad day: ${ratio.toFixed(2)} times`,
      `${bad.said.length} lists on the bad day: ${JSON.stringify(tallied(bad.said))}`,
    ],
  };
}
