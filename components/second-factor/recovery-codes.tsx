'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
  /** Of the heading: 1 where it is a page, 3 in a sheet. */
  readonly level: 1 | 3;
}

/** Shown once: the server keeps only their hashes. */
export function RecoveryCodes({ codes, onDone, level }: RecoveryCodesProps) {
  const t = useTranslations('secondFactor');
  const Heading = `h${level}` as const;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center justify-between">
        <Heading className="font-semibold text-xl">{t('codesTitle')}</Heading>
        <CopyButton text={codes.join('\n')} label={t('copyCodes')} />
      </div>
      <Notice tone="warning" icon={TriangleAlert}>
        {t('codesExplain')}
      </Notice>
      <ol className="grid grid-cols-1 gap-x-4 gap-y-1 font-mono text-sm sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <Button look="primary" className="min-h-10" onClick={onDone}>
        {t('continue')}
      </Button>
    </div>
  );
}
