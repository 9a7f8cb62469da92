'use client';

import { CloudOff, FlaskConical, Hourglass, LogIn } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { formatMinute } from '#components/ui/time-text.ts';
import { FreezeBanner } from './freeze-banner.tsx';
import { useMe } from './me.tsx';
import { useOnline } from './use-online.ts';
import { useSessionEnded } from './use-session-ended.ts';

const look = 'flex flex-wrap items-center gap-x-2 px-3 py-2 text-sm sm:px-6';

/** What holds for the whole console, above everything else on it. */
export function Banners() {
  const t = useTranslations('shell');
  const { zone } = usePreferences();
  const { demo, countsFrom } = useMe();
  const online = useOnline();
  const ended = useSessionEnded();
  return (
    <div role="status">
      {demo && (
        <p className={`${look} bg-brand text-brand-ink`}>
          <FlaskConical aria-hidden size={16} />
          <strong className="font-semibold">DEMO</strong> {t('demo')}
        </p>
      )}
      <FreezeBanner className={look} />
      {countsFrom && (
        <p className={`${look} bg-warning-tint text-warning`}>
          <Hourglass aria-hidden size={16} />
          {t('newcomer', { from: formatMinute(countsFrom, zone) })}
        </p>
      )}
      {!online && (
        <p className={`${look} bg-warning-tint text-warning`}>
          <CloudOff aria-hidden size={16} />
          {t('offline')}
        </p>
      )}
      {ended && (
        <p className={`${look} bg-warning-tint text-warning`}>
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
