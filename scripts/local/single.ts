import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../processes/alive.ts';

/** One stack per data folder: two would write the simulators' state at once. Refuses while another one runs. */
export function claimDataFolder(dataFolder: string): void {
  const file = join(dataFolder, 'stack.pid');
  mkdirSync(dataFolder, { recursive: true });
  const holder = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : Number.NaN;
  if (Number.isInteger(holder) && holder !== process.pid && isAlive(holder))
    throw new Error(`Countersign already runs from this folder (process ${holder}): stop that first.`);
  writeFileSync(file, String(process.pid));
  process.on('exit', () => rmSync(file, { force: true }));
}
