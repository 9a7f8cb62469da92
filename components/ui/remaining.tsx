'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useNowMs } from './time.tsx';
import { formatRemaining } from './time-text.ts';

/** How long until then; nothing once it has come. */
export function Remaining({ until }: { readonly until: string }) {
  const t = useTranslations('common');
  const { locale } = usePreferences();
  const left = formatRemaining(until, useNowMs(), locale);
  if (left === null) return null;
  return <span className="whitespace-nowrap">({t('remaining', { left })})</span>;
}
