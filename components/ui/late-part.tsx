'use client';

import { type ReactNode, Suspense, useSyncExternalStore } from 'react';

interface LatePartProps {
  readonly children: ReactNode;
}

/**
 * For a lazy part that reads on its own. The server leaves it out: each lazy part of its HTML is taken over when its own
 * code arrives, and another part may have read the answer by then, so that React would find another text than it drew.
 */
export function LatePart({ children }: LatePartProps) {
  const isTakenOver = useSyncExternalStore(subscribeToNothing, inBrowser, onServer);
  return isTakenOver && <Suspense>{children}</Suspense>;
}

const subscribeToNothing = () => () => undefined;
const inBrowser = () => true;
const onServer = () => false;
