'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { sessionEnded } from '#components/trpc/session-ended.ts';
import type { SessionTimes } from '#server/operators/contract.ts';

const IdleDialog = lazy(() => import('./idle-dialog.tsx').then((module) => ({ default: module.IdleDialog })));

const LOOK_EVERY_MS = 30_000;
const TOUCH_EVERY_MS = 60_000;
const WARN_BEFORE_MS = 120_000;

const leftMs = ({ now, idleEndsAt }: SessionTimes): number => Date.parse(idleEndsAt) - Date.parse(now);

/** Says that somebody is there, and warns before the session ends because nobody seemed to be. */
export function SessionWatch() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const touchedAt = useRef(0);
  const options = trpc.sessions.times.queryOptions({});
  const times = useQuery({ ...options, refetchInterval: LOOK_EVERY_MS, refetchOnWindowFocus: 'always' });
  const { mutate } = useMutation(
    trpc.sessions.touch.mutationOptions({ onSuccess: (found) => queries.setQueryData(options.queryKey, found) }),
  );
  const isNear = times.data !== undefined && times.isSuccess && leftMs(times.data) < WARN_BEFORE_MS;
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
  // Signed in again in another window: what had stopped goes on.
  useEffect(() => {
    if (!times.isSuccess || times.dataUpdatedAt === 0 || !sessionEnded.isSo()) return;
    sessionEnded.forget();
    void queries.invalidateQueries();
  }, [times.isSuccess, times.dataUpdatedAt, queries]);
  if (!isNear || !times.data) return null;
  return (
    <Suspense>
      <IdleDialog leftMs={leftMs(times.data)} atMs={times.dataUpdatedAt} onStay={() => mutate({})} />
    </Suspense>
  );
}
