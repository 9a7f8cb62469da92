import { setTimeout as pause } from 'node:timers/promises';
import { median, residentMb, residentPeakMb, rounded } from './figures.ts';
import { type Call, callOnce, runSlice } from './load.ts';
import { type Server, startProduct, type WebOptions } from './processes.ts';

const START_WAIT_MS = 60_000;

/** Polls until the call is answered as it should be. */
export async function untilAnswered({ port, child }: Server, call: Call): Promise<void> {
  let over = false;
  void child.ended.then(() => {
    over = true;
  });
  for (const until = Date.now() + START_WAIT_MS; Date.now() < until && !over; await pause(5)) {
    const reply = await callOnce(port, call).catch(() => undefined);
    if (reply?.status === 200) return;
  }
  throw new Error([`${child.name} does not answer. Its last lines:`, ...child.tail()].join('\n'));
}

/** From spawning the process to the first reply to somebody signed in, several times. */
export async function coldStarts(options: WebOptions, call: Call, times: number) {
  const seconds: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const from = performance.now();
    const server = await startProduct(options);
    await untilAnswered(server, call);
    seconds.push(rounded((performance.now() - from) / 1000));
    await server.child.stop();
  }
  return { seconds, median: median(seconds) };
}

export interface MemoryFigures {
  readonly idleMb: number;
  readonly peakMb: number;
  readonly restedMb: number;
  readonly requests: number;
  readonly errors: number;
}

const REST_MS = 5_000;

/** Resident memory of the web under sixteen callers, and after a short rest. */
export async function memoryUnderLoad({ port, child }: Server, call: Call, seconds: number): Promise<MemoryFigures> {
  const pid = child.pid ?? 0;
  const idleMb = residentMb(pid);
  const { requests, errors } = await runSlice({
    port,
    next: () => call,
    expect: '"rows":[{',
    connections: 16,
    ms: seconds * 1000,
    requestsMax: 1_000_000,
  });
  const peakMb = residentPeakMb(pid);
  await pause(REST_MS);
  return { idleMb, peakMb, restedMb: residentMb(pid), requests, errors };
}
