'use client';

import { CloudOff, Hourglass, LogIn } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { formatMinute } from '#components/ui/time-text.ts';
import { bannerClass } from './banner-class.ts';
import { DemoBanner } from './demo-banner.tsx';
import { FreezeBanner } from './freeze-banner.tsx';
import { useCountsFrom, useMe } from './me.tsx';
import { useOnline } from './use-online.ts';
import { useSessionEnded } from './use-session-ended.ts';

/** What holds for the whole console, above everything else on it. */
export function Banners() {
  const t = useTranslations('shell');
  const { zone } = usePreferences();
  const { demo } = useMe();
  const countsFrom = useCountsFrom();
  const online = useOnline();
  const ended = useSessionEnded();
  return (
    <div role="status">
      {demo && <DemoBanner />}
      <FreezeBanner className={bannerClass} />
      {countsFrom && (
        <p className={`${bannerClass} bg-warning-tint text-warning`}>
          <Hourglass aria-hidden size={16} />
          {t('newcomer', { from: formatMinute(countsFrom, zone) })}
        </p>
      )}
      {!online && (
        <p className={`${bannerClass} bg-warning-tint text-warning`}>
          <CloudOff aria-hidden size={16} />
          {t('offline')}
        </p>
      )}
      {ended && (
        <p className={`${bannerClass} bg-warning-tint text-warning`}>
          <LogIn aria-hidden size={16} />
          {t('sessionEnded')}{' '}
          <a href="/sign-in" target="_blank" rel="noreferrer" className="font-medium underline">
            {t('signInAgain')}
          </a>
        </p>
      )}
    </div>
  );
}
