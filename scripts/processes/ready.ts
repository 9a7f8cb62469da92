import { setTimeout as pause } from 'node:timers/promises';
import type { Child } from './child.ts';

const PAUSE_MS = 50;
const PROBE_MS = 2000;

export class ChildFailed extends Error {
  constructor(child: Child, what: string) {
    super([`${child.name} ${what}. Its last lines:`, ...child.tail().map((line) => `  ${line}`)].join('\n'));
    this.name = 'ChildFailed';
  }
}

function failureOf(child: Child): Promise<never> {
  return child.ended.then((by) => {
    throw new ChildFailed(child, `ended (${by}) before it was ready`);
  });
}

async function late(child: Child, waitMs: number, signal: AbortSignal): Promise<never> {
  await pause(waitMs, undefined, { signal });
  throw new ChildFailed(child, `was not ready after ${waitMs / 1000} s`);
}

async function inTime<T>(child: Child, waitMs: number, ready: Promise<T>): Promise<T> {
  const abort = new AbortController();
  try {
    return await Promise.race([ready, failureOf(child), late(child, waitMs, abort.signal)]);
  } finally {
    abort.abort();
  }
}

/** What the child says over its channel once it is ready. */
export const messageFrom = (child: Child, waitMs: number): Promise<unknown> =>
  inTime(child, waitMs, child.firstMessage);

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_MS), redirect: 'manual' });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}

/** Waits until the address answers with anything but a fault of the server. */
export async function answerFrom(child: Child, url: string, waitMs: number): Promise<void> {
  const abort = new AbortController();
  const polled = (async () => {
    while (!abort.signal.aborted && !(await answers(url))) await pause(PAUSE_MS);
  })();
  try {
    await inTime(child, waitMs, polled);
  } finally {
    abort.abort();
  }
}
