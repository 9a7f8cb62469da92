import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '../../database/index.ts';
import { SmallDisk } from '../small-disk.ts';
import type { Stage } from '../stage.ts';

const DOWN_MS = 300;
const SILENT_MS = 1_500;
const POOL_HELD_MS = 1_500;
const VENDORS_DOWN_MS = 500;
const FULL_MS = 2_000;

/** One thing that goes wrong; resolves once it may get well again, at once where nothing else is said. */
export interface Loss {
  readonly name: string;
  /** `said` is what clients were answered so far. */
  happen(stage: Stage, said: readonly string[]): Promise<void>;
  /** What a supervisor does again and again until all is well. */
  mend?(stage: Stage): Promise<void>;
}

/** Locks every row of the books' accounts from outside, so that all who want to book wait for a connection. */
async function exhaustPools({ world }: Stage): Promise<void> {
  await withClient(world.databaseUrl(), async (client) => {
    await client.query('begin');
    await client.query('lock table ledger_entries in access exclusive mode');
    await pause(POOL_HELD_MS);
    await client.query('rollback');
  });
}

export const LOSSES: readonly Loss[] = [
  {
    name: 'power cut',
    happen: ({ world }) => world.onDatabase((drills) => drills.crash(() => pause(DOWN_MS))),
  },
  {
    name: 'wire cut',
    happen: async ({ world }) => world.links.database.cut(),
  },
  {
    name: 'silence',
    happen: async ({ world }) => {
      world.links.database.blackHole(true);
      await pause(SILENT_MS);
      world.links.database.blackHole(false);
    },
  },
  { name: 'pool exhausted', happen: exhaustPools },
];

/** Both vendors die in the middle of it: no loss of the database, and the books must not mind it either. */
export const VENDORS_KILLED: Loss = {
  name: 'vendors killed',
  happen: ({ world }) => world.restartVendors(VENDORS_DOWN_MS),
};

/** The disk below Postgres has not a byte left; somebody makes room, and starts Postgres if it gave up meanwhile. */
export const diskFull = (disk: SmallDisk): Loss => ({
  name: 'disk full',
  async happen(_stage, said) {
    const before = said.length;
    await disk.fill();
    await pause(FULL_MS);
    await disk.free();
    if (said.slice(before).every((each) => each === 'yes')) throw new Error('nobody noticed that the disk was full');
  },
  mend: ({ world }) => world.onDatabase((drills) => drills.revive()),
});

/** The server is gone for good; the one that has every commit takes its place. */
export const FAIL_OVER: Loss = {
  name: 'standby promoted',
  happen: ({ world }) => world.onDatabase((drills) => drills.failOver()),
};

/** Runs the work with the database on a disk that can be full; without one where this account may not mount. */
export async function onSmallDisk<T>({ world }: Stage, work: (disk: SmallDisk | undefined) => Promise<T>): Promise<T> {
  const disk = await SmallDisk.mount();
  if (!disk) return work(undefined);
  let folder = '';
  await world.onDatabase((drills) =>
    drills.crash((cluster) => {
      folder = cluster;
      return disk.take(cluster);
    }),
  );
  try {
    return await work(disk);
  } finally {
    await disk.free();
    await world.onDatabase((drills) => drills.crash(() => disk.giveBack(folder)));
    await disk.unmount();
  }
}
