'use client';

import { createContext, type ReactNode, use } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useHasCome } from '#components/ui/time.tsx';
import { formatMinute } from '#components/ui/time-text.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';
import type { MeView } from '#server/operators/contract.ts';

const MeContext = createContext<MeView | null>(null);

export function MeProvider({ me, children }: { readonly me: MeView; readonly children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

/** Who is signed in. What they may do is decided by the server; here it only decides what is offered. */
export function useMe(): MeView {
  const me = use(MeContext);
  if (!me) throw new Error('useMe needs a MeProvider above it');
  return me;
}

/** From when a new right counts; null for everybody else. It was read with the page: the clock of the screen ends the wait. */
export function useCountsFrom(): string | null {
  const { countsFrom } = useMe();
  const counts = useHasCome(countsFrom);
  return counts ? null : countsFrom;
}

/** Whose right is new reads from when it counts; null for everybody else. */
export function useNewcomer(): string | null {
  const t = useTranslations('common');
  const { zone } = usePreferences();
  const countsFrom = useCountsFrom();
  return countsFrom && t('newcomer', { from: formatMinute(countsFrom, zone) });
}

export const useHasRole = (...roles: readonly OperatorRole[]): boolean => roles.includes(useMe().role);
