'use client';

import { useSyncExternalStore } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { stepUp } from './step-up.ts';

/** What a button says while its instruction is under way. Never "sending": beside an amount that reads as money. */
export function usePendingWord(): string {
  const t = useTranslations('common');
  const asksForCode = useSyncExternalStore(
    stepUp.subscribe,
    () => stepUp.current() !== null,
    () => false,
  );
  return t(asksForCode ? 'confirming' : 'saving');
}
