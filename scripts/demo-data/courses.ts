import { setTimeout as pause } from 'node:timers/promises';
import type { CountersignClient } from '#server/client/index.ts';
import type { ApiCaller } from '../local/callers.ts';
import type { Course } from './plan.ts';
import { orderFault } from './simulator-control.ts';

const PAUSE_MS = 200;
const SENT_WITHIN_MS = 30_000;

export interface Cast {
  readonly platform: CountersignClient;
  readonly finance: readonly [ApiCaller, ApiCaller];
  readonly hashdamUrl: string;
}

async function approve({ finance }: Cast, id: string, votes: number): Promise<void> {
  for (const caller of finance.slice(0, votes)) {
    const { digest, status } = await caller.withdrawals.get.query({ id });
    if (status === 'pending' || status === 'approved_pending') await caller.withdrawals.approve.mutate({ id, digest });
  }
}

/** A fault is for the next call to the pool, so the next payout may not overtake this one. */
async function untilSent({ platform }: Cast, id: string): Promise<void> {
  for (const until = Date.now() + SENT_WITHIN_MS; Date.now() < until; await pause(PAUSE_MS)) {
    const { attempts } = await platform.withdrawals.get.query({ id });
    if (attempts.some(({ status }) => status !== 'dispatching')) return;
  }
}

async function withFault(cast: Cast, id: string, [fault, message]: readonly [string, string?]): Promise<void> {
  await orderFault(cast.hashdamUrl, fault, message);
  await approve(cast, id, 2);
  await untilSent(cast, id);
}

/** Where a fresh request is taken. */
export const COURSES: Readonly<Record<Course, (cast: Cast, id: string) => Promise<unknown>>> = {
  waits: () => Promise.resolve(),
  'has one vote of two': (cast, id) => approve(cast, id, 1),
  'is paid': (cast, id) => approve(cast, id, 2),
  'is rejected': ({ finance: [caller] }, id) =>
    caller.withdrawals.reject.mutate({ id, reason: '회원 요청으로 취소 / Withdrawn at the wish of the member' }),
  'is cancelled': ({ platform }, id) => platform.withdrawals.cancel.mutate({ id }),
  'is refused by the pool': (cast, id) => withFault(cast, id, ['rejected', 'Not found or Unsupported coin symbol']),
  'loses the reply after it was paid': (cast, id) => withFault(cast, id, ['drop_after']),
  'loses the request on its way': (cast, id) => withFault(cast, id, ['drop_before']),
};
