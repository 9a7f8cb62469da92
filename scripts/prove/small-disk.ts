import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOMY = '1g';
const PAGE = 4_096;
const SHRINKS_MAX = 50;

/** A disk in memory that can be made as small as what is on it; only root may have one. */
export class SmallDisk {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Nothing where this account may not mount. */
  static async mount(): Promise<SmallDisk | undefined> {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-disk-'));
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${ROOMY},mode=755`, 'countersign', folder]);
      return new SmallDisk(folder);
    } catch {
      rmSync(folder, { recursive: true });
      return undefined;
    }
  }

  /** Moves a folder here; whoever names its old place finds it here. */
  async take(folder: string): Promise<void> {
    await run('cp', ['-a', folder, join(this.#folder, 'taken')]);
    rmSync(folder, { recursive: true });
    symlinkSync(join(this.#folder, 'taken'), folder);
  }

  async giveBack(folder: string): Promise<void> {
    rmSync(folder);
    await run('cp', ['-a', join(this.#folder, 'taken'), folder]);
  }

  /** Not a byte is free any more. Whoever writes meanwhile may be faster: then again. */
  async fill(): Promise<void> {
    for (let at = 1; ; at += 1) {
      const { bsize, blocks, bfree } = statfsSync(this.#folder);
      const used = (blocks - bfree) * bsize;
      try {
        await this.#resize(String(used + (at > SHRINKS_MAX / 2 ? PAGE : 0)));
        return;
      } catch (error) {
        if (at === SHRINKS_MAX) throw error;
        await pause(5);
      }
    }
  }

  free(): Promise<void> {
    return this.#resize(ROOMY);
  }

  async unmount(): Promise<void> {
    await run('umount', [this.#folder]);
    rmSync(this.#folder, { recursive: true });
  }

  async #resize(size: string): Promise<void> {
    await run('mount', ['-o', `remount,size=${size}`, this.#folder]);
  }
}
