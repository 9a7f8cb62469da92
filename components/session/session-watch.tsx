'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { sessionEnded } from '#components/trpc/session-ended.ts';
import type { SessionTimes } from '#server/operators/contract.ts';

const EndingDialog = lazy(() => import('./ending-dialog.tsx').then((module) => ({ default: module.EndingDialog })));
const IdleDialog = lazy(() => import('./idle-dialog.tsx').then((module) => ({ default: module.IdleDialog })));

const LOOK_EVERY_MS = 30_000;
const TOUCH_EVERY_MS = 60_000;
const WARN_BEFORE_MS = 120_000;
/** Time enough to finish and to sign in again. */
const WARN_OF_END_MS = 600_000;

const leftMs = ({ now }: SessionTimes, endsAt: string): number => Date.parse(endsAt) - Date.parse(now);
/** Where the very end comes first, being there does not help. */
const isIdle = (times: SessionTimes): boolean =>
  times.idleEndsAt !== times.endsAt && leftMs(times, times.idleEndsAt) < WARN_BEFORE_MS;

const wasReloaded = (): boolean =>
  performance
    .getEntriesByType('navigation')
    .some((entry) => entry instanceof PerformanceNavigationTiming && entry.type === 'reload');

/** Says that somebody is there, and warns before the session ends: because nobody seemed to be, or at its very end. */
export function SessionWatch() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const touchedAt = useRef(0);
  const options = trpc.sessions.times.queryOptions({});
  const times = useQuery({ ...options, refetchInterval: LOOK_EVERY_MS, refetchOnWindowFocus: 'always' });
  const { mutate } = useMutation(
    trpc.sessions.touch.mutationOptions({ onSuccess: (found) => queries.setQueryData(options.queryKey, found) }),
  );
  const [knownEnd, setKnownEnd] = useState<string | null>(null);
  const isNear = times.data !== undefined && times.isSuccess && isIdle(times.data);
  useEffect(() => {
    const act = () => {
      if (!isNear && Date.now() - touchedAt.current < TOUCH_EVERY_MS) return;
      touchedAt.current = Date.now();
      mutate({});
    };
    const events = ['pointerdown', 'keydown'] as const;
    for (const event of events) window.addEventListener(event, act, { capture: true, passive: true });
    return () => {
      for (const event of events) window.removeEventListener(event, act, { capture: true });
    };
  }, [mutate, isNear]);
  // Whoever reloads the page is there, too.
  useEffect(() => {
    if (wasReloaded()) mutate({});
  }, [mutate]);
  // Signed in again in another window: what had stopped goes on.
  useEffect(() => {
    if (!times.isSuccess || times.dataUpdatedAt === 0 || !sessionEnded.isSo()) return;
    sessionEnded.forget();
    void queries.invalidateQueries();
  }, [times.isSuccess, times.dataUpdatedAt, queries]);
  if (!times.isSuccess) return null;
  const { data, dataUpdatedAt: atMs } = times;
  const { idleEndsAt, endsAt } = data;
  const isEnding = leftMs(data, endsAt) < WARN_OF_END_MS && knownEnd !== endsAt;
  return (
    <Suspense>
      {isNear && <IdleDialog leftMs={leftMs(data, idleEndsAt)} atMs={atMs} onStay={() => mutate({})} />}
      {isEnding && !isNear && (
        <EndingDialog leftMs={leftMs(data, endsAt)} atMs={atMs} onClose={() => setKnownEnd(endsAt)} />
      )}
    </Suspense>
  );
}
