import { join } from 'node:path';
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

/** One vendor as a program of its own, on any free port; what happened there is kept in the data folder. */
export async function startSimulator(
  vendor: 'hashdam' | 'mblock',
  { dataFolder, secrets, settleMs }: SimulatorOptions,
) {
  const settle = settleMs === undefined ? [] : [`--settle-ms=${settleMs}`];
  const state = `--state=${join(dataFolder, 'simulators')}`;
  const child: Child = startChild({
    name: `${vendor} simulator`,
    args: ['scripts/simulate.ts', vendor, `--${vendor}-port=0`, state, ...settle],
    env: { ...process.env, HASHDAM_API_KEY: secrets.HASHDAM_API_KEY, MBLOCK_API_KEY: secrets.MBLOCK_API_KEY },
    logFile: join(dataFolder, 'logs', `${vendor}-simulator.log`),
  });
  onShutdown(() => child.stop());
  return started.parse(await messageFrom(child, SIMULATOR_READY_MS));
}
