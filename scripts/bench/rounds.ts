import { median, processorMs, quantile, rounded, spread } from './figures.ts';
import { type Call, runSlice, type Slice } from './load.ts';

/** One way of getting the same work done. */
export interface Contender {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  readonly expect: string;
  readonly next: () => Call | null;
  /** So many callers at a time, where one run compares several numbers of them. */
  readonly connections?: number;
  /** Runs before each slice, outside of what is measured. */
  readonly prepare?: () => Promise<void>;
}

export interface RoundOptions {
  readonly rounds: number;
  readonly sliceMs: number;
  /** At most so many requests in a slice. */
  readonly requestsMax: number;
}

interface Part extends Slice {
  readonly cpuMs: number;
}

/** What one contender did in one round: the sum of its slices. */
interface Round {
  readonly rps: number;
  readonly cpuMsPerRequest: number;
}

export interface Measured {
  readonly name: string;
  readonly connections: number;
  readonly rounds: readonly Round[];
  readonly rps: number;
  readonly p50: number;
  readonly p95: number;
  readonly requests: number;
  readonly errors: number;
  readonly firstError: string | null;
  readonly bytesPerReply: number;
  readonly cpuMsPerRequest: number;
}

async function slice(contender: Contender, asked: number, options: RoundOptions): Promise<Part> {
  const { connections = asked } = contender;
  await contender.prepare?.();
  const before = processorMs(contender.pid);
  const { port, next, expect } = contender;
  const part = await runSlice({
    port,
    next,
    expect,
    connections,
    ms: options.sliceMs,
    requestsMax: options.requestsMax,
  });
  return { ...part, cpuMs: processorMs(contender.pid) - before };
}

const rotated = <T>(items: readonly T[], by: number): T[] => items.map((_, i) => items[(i + by) % items.length] as T);

/**
 * Every round runs all contenders, in an order that moves on by one and then once more backwards, so that whatever else
 * the machine does meets all of them alike. Ratios are taken within a round, never between minutes.
 */
export async function interleave(
  contenders: readonly Contender[],
  connections: number,
  options: RoundOptions,
): Promise<Measured[]> {
  const parts = new Map<Contender, Part[][]>(contenders.map((contender) => [contender, []]));
  for (const contender of contenders) await slice(contender, connections, options);
  for (let round = 0; round < options.rounds; round += 1) {
    for (const list of parts.values()) list.push([]);
    const order = rotated(contenders, round);
    for (const contender of [...order, ...order.reverse()]) {
      parts
        .get(contender)
        ?.at(-1)
        ?.push(await slice(contender, connections, options));
    }
  }
  return contenders.map((contender) =>
    summed(contender.name, contender.connections ?? connections, parts.get(contender) ?? []),
  );
}

const sum = (parts: readonly Part[], of: (part: Part) => number): number =>
  parts.reduce((total, part) => total + of(part), 0);

function summed(name: string, connections: number, rounds: readonly (readonly Part[])[]): Measured {
  const all = rounds.flat();
  const latencies = all.flatMap((part) => part.latencies);
  const each = rounds.map((parts) => ({
    rps: (1000 * sum(parts, (part) => part.requests)) / sum(parts, (part) => part.ms),
    cpuMsPerRequest: sum(parts, (part) => part.cpuMs) / sum(parts, (part) => part.requests),
  }));
  const requests = sum(all, (part) => part.requests);
  return {
    name,
    connections,
    rounds: each.map((one) => ({ rps: rounded(one.rps, 1), cpuMsPerRequest: rounded(one.cpuMsPerRequest, 3) })),
    rps: rounded(median(each.map((one) => one.rps)), 1),
    p50: rounded(quantile(latencies, 0.5)),
    p95: rounded(quantile(latencies, 0.95)),
    requests,
    errors: sum(all, (part) => part.errors),
    firstError: all.find((part) => part.firstError)?.firstError ?? null,
    bytesPerReply: Math.round(sum(all, (part) => part.bytes) / requests),
    cpuMsPerRequest: rounded(median(each.map((one) => one.cpuMsPerRequest)), 3),
  };
}

export interface Ratio {
  readonly what: string;
  readonly connections: number;
  readonly rounds: readonly number[];
  readonly median: number;
  readonly spread: number;
}

/** Requests in a second of `of` for each one of `to`, round by round. */
export function ratio(what: string, of: Measured, to: Measured): Ratio {
  const rounds = of.rounds.map((round, i) => rounded(round.rps / (to.rounds[i]?.rps ?? Number.NaN), 3));
  const { connections } = of;
  return { what, connections, rounds, median: rounded(median(rounds)), spread: rounded(spread(rounds)) };
}
