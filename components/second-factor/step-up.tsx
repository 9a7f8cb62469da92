'use client';

import { lazy, Suspense, useSyncExternalStore } from 'react';
import { stepUp, type WaitingAction } from '#components/trpc/step-up.ts';

const StepUpDialog = lazy(() => import('./step-up-dialog.tsx').then((module) => ({ default: module.StepUpDialog })));

const keyOf = ({ action, input }: WaitingAction): string => `${action} ${JSON.stringify(input)}`;

/** Asks for the second factor whenever a call needs it. One for the whole console. */
export function StepUp() {
  const waiting = useSyncExternalStore(stepUp.subscribe, stepUp.current, () => null);
  return (
    waiting && (
      <Suspense>
        <StepUpDialog key={keyOf(waiting)} waiting={waiting} />
      </Suspense>
    )
  );
}
