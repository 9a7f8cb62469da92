import { readFileSync } from 'node:fs';

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? quantile(sorted, 0.5) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/** How far the rounds lie apart, as a part of their median. */
export const spread = (values: readonly number[]): number =>
  (Math.max(...values) - Math.min(...values)) / median(values);

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** Resident memory in MB, now and at its highest so far; not a number where there is no /proc. */
export const residentMb = (pid: number): number => memoryMb(pid, /VmRSS:\s+(\d+)/);
export const residentPeakMb = (pid: number): number => memoryMb(pid, /VmHWM:\s+(\d+)/);

const memoryMb = (pid: number, line: RegExp): number =>
  Math.round(Number(line.exec(fileOf(pid, 'status'))?.[1] ?? Number.NaN) / 1024);

const TICK_MS = 10;

/** Processor time the process has used, in ms: unlike the clock on the wall, a busy neighbour does not lengthen it much. */
export function processorMs(pid: number): number {
  const stat = fileOf(pid, 'stat');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) * TICK_MS;
}
