import { parseArgs } from 'node:util';
import { buildIfStale } from './build/build.ts';
import type { AmountPlan } from './chaos/load.ts';
import { replayOf, reportOf } from './chaos/report.ts';
import { type RunOptions, runSeed } from './chaos/run.ts';
import { orEnd } from './local/stack.ts';
import { refuse } from './processes/refuse.ts';
import { closeAll } from './processes/shutdown.ts';

// `npm run chaos -- --seed 1 --minutes 1`: the whole product on this machine while everything around it fails, then a
// comparison of what the vendors did with what the books say. See docs/CHAOS.md.

const USAGE =
  'usage: npm run chaos -- [--seed N] [--seeds N] [--minutes M] [--approvals N] [--kills N] [--amounts distinct|equal]';

function given() {
  const text = { type: 'string' } as const;
  const options = { seed: text, seeds: text, minutes: text, approvals: text, kills: text, amounts: text };
  try {
    return parseArgs({ options }).values;
  } catch {
    return refuse(USAGE);
  }
}

function numberOf(value: string | undefined, otherwise: number): number {
  const read = Number(value ?? otherwise);
  return Number.isFinite(read) && read >= 0 ? read : refuse(USAGE);
}

const values = given();
const first = numberOf(values.seed, Math.floor(Math.random() * 1_000_000));
const lastsMs = numberOf(values.minutes, 1) * 60_000;
const amountsOf = (seed: number): AmountPlan => {
  if (values.amounts === 'distinct' || values.amounts === 'equal') return values.amounts;
  return values.amounts === undefined && seed % 2 === 0 ? 'equal' : 'distinct';
};
const optionsOf = (seed: number): RunOptions => ({
  ...{ seed, lastsMs, amounts: amountsOf(seed) },
  approvals: numberOf(values.approvals, Math.ceil(lastsMs / 600)),
  kills: numberOf(values.kills, Math.ceil(lastsMs / 6_000)),
});

await orEnd(async () => {
  await buildIfStale();
  for (let seed = first; seed < first + numberOf(values.seeds, 1); seed += 1) {
    const options = optionsOf(seed);
    console.log(`${replayOf(options)} ...`);
    const run = await runSeed(options, () => console.log('nothing fails any more; waiting until all is quiet ...'));
    console.log(reportOf(run));
    await closeAll();
    if (run.findings.length > 0) process.exitCode = 1;
  }
});
