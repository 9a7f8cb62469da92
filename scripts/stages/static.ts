import { NO_TELEMETRY } from '../environment.ts';
import { run, tool } from '../processes/run.ts';
import { type Stage, scriptStage } from './stage.ts';

/** Next writes the types of routes and of style sheets; without them pages do not type-check. */
async function typeCheck() {
  const made = await run([tool('next'), 'typegen'], { quiet: true, env: NO_TELEMETRY });
  if (made.code !== 0) {
    console.error(made.tail.join('\n'));
    return made;
  }
  return run([tool('tsc'), '--noEmit']);
}

/** What was looked at, and what could not be, in the summary as well. */
const HOLES_LINES = 5;

/** What needs no database, no build and no browser. */
export const STATIC_STAGES: readonly Stage[] = [
  { name: 'type-check', run: typeCheck },
  scriptStage('lint', 'lint', 1),
  scriptStage('import guard', 'deps', 1),
  scriptStage('dead code', 'unused'),
  { name: 'known holes', closingLines: HOLES_LINES, run: () => run(['scripts/advisories.ts', '--offline']) },
];
