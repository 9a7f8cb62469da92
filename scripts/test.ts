import { join } from 'node:path';
import { browserOrInstall } from './browser.ts';
import { build } from './build/build.ts';
import { leaksIn, serverActionsIn } from './build/client-bundle.ts';
import { projectFolder } from './paths.ts';
import { type RunResult, run, tool } from './processes/run.ts';
import { migrationFindings } from './stages/migrations.ts';
import { runStages } from './stages/run-stages.ts';
import { findingStage, type Stage } from './stages/stage.ts';
import { STATIC_STAGES } from './stages/static.ts';

// `npm test`: everything, in the order in which a failure is cheapest. Needs nothing but npm.
const next = join(projectFolder, '.next');

const SHORT_CHAOS = ['scripts/chaos.ts', '--minutes=0.2', '--approvals=20', '--kills=4'];

const chaos = (seed: number) => run([...SHORT_CHAOS, `--seed=${seed}`], { quiet: true });

/** Chaos mostly waits for leases and quiet periods, so it goes on beside the tests, and says at the end how it went. */
async function testsBesideChaos(): Promise<RunResult> {
  const [tests, ...seeds] = await Promise.all([run([tool('vitest'), 'run']), chaos(1), chaos(2)]);
  for (const { tail } of seeds) console.log(tail.join('\n'));
  return { code: Math.max(tests.code, ...seeds.map(({ code }) => code)), tail: tests.tail };
}

const STAGES: readonly Stage[] = [
  ...STATIC_STAGES,
  findingStage('migrations', migrationFindings, 'up, down and up again; tables and entities agree'),
  { name: 'production build', run: () => build() },
  findingStage(
    'client bundle',
    async () => [...leaksIn(join(next, 'static')), ...serverActionsIn(join(next, 'server'))],
    'no secret and no server word reaches the browser; no server actions',
  ),
  { name: 'unit and database tests; chaos, two seeds', closingLines: 4, run: testsBesideChaos },
  {
    name: 'promises, in short',
    run: () => run(['scripts/prove.ts', '--short']),
  },
  {
    name: 'browser tests',
    closingLines: 1,
    run: async () => run([tool('playwright'), 'test'], { env: { CHROMIUM_PATH: await browserOrInstall() } }),
  },
];

process.exitCode = (await runStages(STAGES)) ? 0 : 1;
