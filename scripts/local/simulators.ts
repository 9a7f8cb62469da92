import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type Child, startChild } from '../processes/child.ts';
import { messageFrom } from '../processes/ready.ts';
import { onShutdown } from '../processes/shutdown.ts';
import type { LocalSecrets } from './secrets.ts';

const SIMULATOR_READY_MS = 20_000;

export interface SimulatorOptions {
  readonly dataFolder: string;
  readonly secrets: LocalSecrets;
  /** How long a payment is under way at the vendor. */
  readonly settleMs?: number;
}

const started = z.object({ url: z.url(), feeWalletKey: z.string().optional() });

export interface RunningSimulator {
  readonly url: string;
  readonly feeWalletKey?: string | undefined;
  /** It dies at once, and another one remembers what it did; resolves to that one's address. */
  restart(downMs: number): Promise<string>;
}

/** One vendor as a program of its own, on any free port; what happened there is kept in the data folder. */
export async function startSimulator(
  vendor: 'hashdam' | 'mblock',
  { dataFolder, secrets, settleMs }: SimulatorOptions,
): Promise<RunningSimulator> {
  const settle = settleMs === undefined ? [] : [`--settle-ms=${settleMs}`];
  const state = `--state=${join(dataFolder, 'simulators')}`;
  let child: Child;
  const launch = async () => {
    child = startChild({
      name: `${vendor} simulator`,
      args: ['scripts/simulate.ts', vendor, `--${vendor}-port=0`, state, ...settle],
      env: { ...process.env, HASHDAM_API_KEY: secrets.HASHDAM_API_KEY, MBLOCK_API_KEY: secrets.MBLOCK_API_KEY },
      logFile: join(dataFolder, 'logs', `${vendor}-simulator.log`),
    });
    return started.parse(await messageFrom(child, SIMULATOR_READY_MS));
  };
  onShutdown(async () => child?.stop());
  return {
    ...(await launch()),
    async restart(downMs) {
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      await child.ended;
      await pause(downMs);
      return (await launch()).url;
    },
  };
}
