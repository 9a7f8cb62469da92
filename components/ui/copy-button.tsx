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
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAYS_COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce(t('copied', { what: label }));
    } catch {
      announce(t('copyFailed'));
    }
  };

  const Icon = copied ? Check : Copy;
  return (
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
}
