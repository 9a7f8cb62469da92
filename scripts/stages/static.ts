import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../paths.ts';
import { run, tool } from '../processes/run.ts';
import { type Stage, scriptStage } from './stage.ts';

/** The types of CSS and images stand in a file that Next makes. */
async function typeCheck() {
  if (!existsSync(join(projectFolder, 'next-env.d.ts'))) {
    const made = await run([tool('next'), 'typegen'], { quiet: true });
    if (made.code !== 0) return made;
  }
  return run([tool('tsc'), '--noEmit']);
}

/** What needs no database, no build and no browser. */
export const STATIC_STAGES: readonly Stage[] = [
  { name: 'type-check', run: typeCheck },
  scriptStage('lint', 'lint', 1),
  scriptStage('import guard', 'deps', 1),
  scriptStage('dead code', 'unused'),
];
