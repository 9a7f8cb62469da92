import { join } from 'node:path';
import { browserOrInstall } from './browser.ts';
import { build } from './build/build.ts';
import { leaksIn, overBudgetIn, serverActionsIn } from './build/client-bundle.ts';
import { projectFolder } from './paths.ts';
import { type RunResult, run, tool } from './processes/run.ts';
import { migrationFindings } from './stages/migrations.ts';
import { runStages } from './stages/run-stages.ts';
import { findingStage, type Stage, scriptStage } from './stages/stage.ts';
import { STATIC_STAGES } from './stages/static.ts';

// `npm test`: everything, in the order in which a failure is cheapest. Needs nothing but npm.
const next = join(projectFolder, '.next');

/** What mostly waits, as chaos does, or needs one core: nothing that is held against a time. */
const BESIDE_CHAOS = '12,25';
const SHORT_CHAOS = ['scripts/chaos.ts', '--minutes=0.2', '--approvals=20', '--kills=4'];

/** Side by side: most of a chaos run is waiting for leases and quiet periods. */
async function together(runs: readonly Promise<RunResult>[]): Promise<RunResult> {
  const results = await Promise.all(runs);
  return { code: Math.max(...results.map(({ code }) => code)), tail: results.flatMap(({ tail }) => tail) };
}

const STAGES: readonly Stage[] = [
  ...STATIC_STAGES,
  findingStage('migrations', migrationFindings, 'up, down and up again; tables and entities agree'),
  scriptStage('unit and database tests', 'test:unit', 4),
  { name: 'production build', run: () => build() },
  findingStage(
    'client bundle',
    async () => [...leaksIn(join(next, 'static')), ...serverActionsIn(join(next, 'server')), ...overBudgetIn(next)],
    'no secret and no server word reaches the browser; no server actions; the list keeps to its budget',
  ),
  {
    name: 'promises, in short',
    run: () => run(['scripts/prove.ts', '--short', `--but=${BESIDE_CHAOS}`]),
  },
  {
    name: 'chaos, two seeds, with sleepers and any input',
    run: () =>
      together([
        ...[1, 2].map((seed) => run([...SHORT_CHAOS, `--seed=${seed}`])),
        run(['scripts/prove.ts', '--short', `--row=${BESIDE_CHAOS}`]),
      ]),
  },
  {
    name: 'browser tests',
    closingLines: 1,
    run: async () => run([tool('playwright'), 'test'], { env: { CHROMIUM_PATH: await browserOrInstall() } }),
  },
];

process.exitCode = (await runStages(STAGES)) ? 0 : 1;
