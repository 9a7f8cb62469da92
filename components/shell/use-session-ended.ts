import { useSyncExternalStore } from 'react';
import { sessionEnded } from '#components/trpc/session-ended.ts';

export const useSessionEnded = (): boolean =>
  useSyncExternalStore(sessionEnded.subscribe, sessionEnded.isSo, () => false);
