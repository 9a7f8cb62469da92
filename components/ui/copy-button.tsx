'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useAnnounce } from './announcer.tsx';

const SAYS_COPIED_MS = 2_000;

interface CopyButtonProps {
  /** Exactly what lands in the clipboard. */
  readonly text: string;
  /** What it is, for the button's name. */
  readonly label: string;
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const t = useTranslations('common');
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);

  useEffect(() => {
    if (outcome !== 'copied') return;
    const timer = setTimeout(() => setOutcome(null), SAYS_COPIED_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
      announce(t('copied', { what: label }));
    } catch {
      // It stays until the next try: whoever is about to paste must know that something else would come.
      setOutcome('failed');
      announce(t('copyFailed'));
    }
  };

  const Icon = outcome === 'copied' ? Check : Copy;
  const button = (
    <button
      type="button"
      onClick={() => void copy()}
      aria-label={t('copy', { what: label })}
      title={t('copy', { what: label })}
      className="print-hidden inline-flex size-8 shrink-0 items-center justify-center rounded-control text-ink-2 hover:text-ink pointer-coarse:size-11"
    >
      <Icon aria-hidden size={15} />
    </button>
  );
  return (
    <span className="inline-flex flex-wrap items-center">
      {button}
      {outcome === 'failed' && <span className="print-hidden text-danger text-xs">{t('copyFailed')}</span>}
    </span>
  );
}
