import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../paths.ts';
import { run, tool } from '../processes/run.ts';
import { type Stage, toolStage } from './stage.ts';

/** The types of CSS and images stand in a file that Next makes. */
async function typeCheck() {
  if (!existsSync(join(projectFolder, 'next-env.d.ts'))) {
    const made = await run([tool('next'), 'typegen'], { quiet: true });
    if (made.code !== 0) return made;
  }
  return run([tool('tsc'), '--noEmit']);
}

const CRUISED = ['app', 'components', 'server', 'scripts', 'e2e', 'migrations', 'mikro-orm.config.ts'];

/** What needs no database, no build and no browser. */
export const STATIC_STAGES: readonly Stage[] = [
  { name: 'type-check', run: typeCheck },
  toolStage('lint', ['biome', 'check', '--error-on-warnings', '.'], 1),
  toolStage('import guard', ['depcruise', '--config', '.dependency-cruiser.cjs', ...CRUISED], 1),
  toolStage('dead code', ['knip']),
];
