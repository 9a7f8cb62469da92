import { rmSync, writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { NO_TELEMETRY } from '../environment.ts';
import { projectFolder } from '../paths.ts';
import { type RunResult, run, tool } from '../processes/run.ts';
import { hashOfInputs, isBuilt, stampOf } from './inputs.ts';

/** Builds the production web, always. A build that fails leaves nothing that looks finished. */
export async function build(options: { quiet?: boolean } = {}): Promise<RunResult> {
  const hash = hashOfInputs(projectFolder);
  rmSync(stampOf(projectFolder), { force: true });
  const result = await run([tool('next'), 'build'], { ...options, env: { ...NO_TELEMETRY, NODE_ENV: 'production' } });
  if (result.code === 0) writeFileSync(stampOf(projectFolder), hash);
  return result;
}

/** Builds if there is no build of the sources as they are now. Throws with the build's own words if it fails. */
export async function buildIfStale(): Promise<void> {
  if (isBuilt(projectFolder, hashOfInputs(projectFolder))) return;
  console.log('Building the console (half a minute or so) ...');
  const { code, tail } = await build({ quiet: true });
  if (code !== 0)
    throw new Error(['The build failed. Its last lines:', ...tail.map(stripVTControlCharacters)].join('\n'));
}
