import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { forgetAppDatabase } from '../database/index.ts';
import { claimDataFolder } from '../local/single.ts';

/** What both vendors and the people of the demo have done; packages and the build stay. */
const KEPT = ['simulators', 'demo.env', 'audit-heads.jsonl', 'logs'];

/** The next start finds nothing and makes the data anew. Refuses while a demo runs. */
export async function forgetDemo(dataFolder: string): Promise<void> {
  claimDataFolder(dataFolder);
  await forgetAppDatabase(dataFolder);
  for (const name of KEPT) rmSync(join(dataFolder, name), { recursive: true, force: true });
}
