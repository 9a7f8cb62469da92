'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Address, isMasked } from '#components/ui/address.tsx';
import { Button } from '#components/ui/button.tsx';
import { Remaining } from '#components/ui/remaining.tsx';
import { RevealSheet } from './reveal-sheet.tsx';

const SECOND_MS = 1_000;

/** The clock on the screen goes by whole seconds. */
const thisSecondMs = () => Math.floor(Date.now() / SECOND_MS) * SECOND_MS;

interface Shown {
  readonly address: string;
  readonly until: string;
}

interface RevealableAddressProps {
  readonly text: string;
  readonly copyLabel: string;
  readonly of: 'withdrawal' | 'wallet';
  readonly id: string;
}

/** An address; where the server has cut it down, with the way to see it whole for a moment. */
export function RevealableAddress({ text, copyLabel, of, id }: RevealableAddressProps) {
  const t = useTranslations('common');
  const [asks, setAsks] = useState(false);
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    if (!shown) return;
    const hide = () => setShown(null);
    // Whoever looks away has seen enough.
    const lookedAway = () => document.visibilityState === 'hidden' && hide();
    const timer = setTimeout(hide, Date.parse(shown.until) - Date.now());
    document.addEventListener('visibilitychange', lookedAway);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', lookedAway);
    };
  }, [shown]);
  if (!isMasked(text)) return <Address text={text} copyLabel={copyLabel} />;
  return (
    <span className="flex min-w-0 flex-wrap items-start gap-x-3 gap-y-1">
      <Address text={shown?.address ?? text} copyLabel={copyLabel} />
      {shown === null ? (
        <Button onClick={() => setAsks(true)}>{t('reveal.open')}</Button>
      ) : (
        <span className="inline-flex items-center gap-2">
          <Button onClick={() => setShown(null)}>{t('reveal.hide')}</Button>
          <span className="text-ink-3 text-sm tabular-nums">
            <Remaining until={shown.until} />
          </span>
        </span>
      )}
      {asks && (
        <RevealSheet
          of={of}
          id={id}
          onClose={() => setAsks(false)}
          onRevealed={({ address, shownForS }) => {
            setShown({ address, until: new Date(thisSecondMs() + shownForS * SECOND_MS).toISOString() });
            setAsks(false);
          }}
        />
      )}
    </span>
  );
}
