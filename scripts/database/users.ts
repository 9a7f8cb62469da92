import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../processes/alive.ts';

/**
 * Which commands use a cluster: one file per process, named by its id. Several commands share one cluster; whichever
 * ends last stops it, so that none has its database taken away and nothing is left running.
 */
export class ClusterUsers {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  join(): void {
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(join(this.#folder, String(process.pid)), '');
  }

  leave(): void {
    rmSync(join(this.#folder, String(process.pid)), { force: true });
  }

  /** Whether a living process other than this one uses the cluster. Forgets the dead. */
  hasOthers(): boolean {
    let others = false;
    for (const name of readdirSync(this.#folder)) {
      const pid = Number.parseInt(name, 10);
      if (pid === process.pid) continue;
      if (isAlive(pid)) others = true;
      else rmSync(join(this.#folder, name), { force: true });
    }
    return others;
  }
}
