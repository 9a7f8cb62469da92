'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import type { Failure } from '#components/trpc/failure.ts';
import { Notice } from '#components/ui/badge.tsx';

/** Why an instruction was refused, or that nobody knows yet whether it arrived. */
export function FailureNote({ failure }: { readonly failure: Failure }) {
  const t = useTranslations('common');
  const tErrors = useTranslations('errors');
  return (
    <div role="alert">
      <Notice tone="danger" icon={CircleAlert}>
        <p>{failure.code === 'network' ? t('sentUnknown') : tErrors(failure.code)}</p>
        {failure.incidentId && <p className="font-mono text-sm">{t('incident', { id: failure.incidentId })}</p>}
      </Notice>
    </div>
  );
}
