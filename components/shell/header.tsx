'use client';

import { CircleUser, Keyboard } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { ZONES } from '#components/preferences/preferences.ts';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { zoneName } from '#components/ui/time-text.ts';
import { useMe } from './me.tsx';

const OperatorMenu = lazy(() => import('./operator-menu.tsx').then((module) => ({ default: module.OperatorMenu })));

const MENU_ID = 'operator-menu';
const buttonLook =
  'inline-flex min-h-8 items-center gap-2 rounded-control px-2 hover:bg-ground pointer-coarse:min-h-11';

export function Header({ onShowKeys }: { readonly onShowKeys: () => void }) {
  const t = useTranslations('shell');
  const me = useMe();
  const [wasOpened, setOpened] = useState(false);
  return (
    <header className="print-hidden sticky top-0 z-20 flex h-14 items-center justify-end gap-1 border-rule border-b bg-surface px-3 sm:px-6">
      <p className="mr-auto font-semibold sm:hidden">Countersign</p>
      <ZoneSwitch />
      <button
        type="button"
        onClick={onShowKeys}
        aria-label={t('keys')}
        title={t('keys')}
        className={`${buttonLook} max-sm:hidden`}
      >
        <Keyboard aria-hidden size={18} />
      </button>
      <button type="button" popoverTarget={MENU_ID} className={buttonLook}>
        <CircleUser aria-hidden size={18} />
        <span className="max-w-32 truncate">{me.name}</span>
      </button>
      <div
        id={MENU_ID}
        popover="auto"
        onToggle={() => setOpened(true)}
        className="fixed inset-auto top-14 right-3 m-0 w-72 rounded-card border border-rule bg-raised p-4 text-ink sm:right-6"
      >
        {wasOpened && (
          <Suspense>
            <OperatorMenu />
          </Suspense>
        )}
      </div>
    </header>
  );
}

/** All times on the screen follow it at once. */
function ZoneSwitch() {
  const t = useTranslations('shell');
  const { zone, choose } = usePreferences();
  return (
    <fieldset className="m-0 inline-flex rounded-control border border-control p-0">
      <legend className="sr-only">{t('zone')}</legend>
      {ZONES.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === zone}
          onClick={() => choose({ zone: each })}
          className={`min-h-8 rounded-[5px] px-2 text-sm pointer-coarse:min-h-10 ${each === zone ? 'bg-ink font-medium text-surface' : 'text-ink-2'}`}
        >
          {zoneName(each)}
        </button>
      ))}
    </fieldset>
  );
}
