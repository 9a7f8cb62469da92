'use client';

import { useRouter } from 'next/navigation';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { type CommandHandlers, useCommands } from '#components/keyboard/keyboard-provider.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { StepUp } from '#components/second-factor/step-up.tsx';
import { SessionWatch } from '#components/session/session-watch.tsx';
import { zoneName } from '#components/ui/time-text.ts';
import { Banners } from './banners.tsx';
import { Header } from './header.tsx';
import { useMe } from './me.tsx';
import { NAV_ITEMS } from './nav-items.ts';
import { Navigation } from './navigation.tsx';

const KeySheet = lazy(() => import('./key-sheet.tsx').then((module) => ({ default: module.KeySheet })));

export function ConsoleShell({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('shell');
  const me = useMe();
  const router = useRouter();
  const [showsKeys, setShowsKeys] = useState(false);

  const visits = NAV_ITEMS.filter((item) => !item.onlyFor || item.onlyFor === me.role).map(
    (item) => [item.command, () => router.push(item.href)] as const,
  );
  useCommands({ ...(Object.fromEntries(visits) as CommandHandlers), help: () => setShowsKeys(true) });

  return (
    <>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-control focus:bg-brand focus:px-4 focus:py-2 focus:text-brand-ink"
      >
        {t('skip')}
      </a>
      <Banners />
      <div className="flex min-h-dvh max-sm:pb-14">
        <Navigation />
        <div className="flex min-w-0 flex-1 flex-col">
          <Header onShowKeys={() => setShowsKeys(true)} />
          <PrintedZone />
          <main
            id="main"
            tabIndex={-1}
            data-keys
            className="mx-auto w-full max-w-[1760px] flex-1 p-3 outline-none sm:p-6"
          >
            {children}
          </main>
        </div>
      </div>
      <StepUp />
      <SessionWatch />
      {showsKeys && (
        <Suspense>
          <KeySheet onClose={() => setShowsKeys(false)} />
        </Suspense>
      )}
    </>
  );
}

/** On paper, where the header is not, the times say once whose they are. */
function PrintedZone() {
  const t = useTranslations('shell');
  const { zone } = usePreferences();
  return <p className="hidden px-6 pt-6 print:block">{t('printedZone', { zone: zoneName(zone) })}</p>;
}
