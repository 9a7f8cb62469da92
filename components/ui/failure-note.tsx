'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import type { Failure } from '#components/trpc/failure.ts';
import { Notice } from './badge.tsx';
import { useIsUnedited } from './form.tsx';

interface FailureNoteProps {
  readonly failure: Failure;
  /** It is about what stands there now, and goes by itself once that is no longer so. */
  readonly stays?: true;
  /** Asking again does no harm, and a lost answer leaves nothing to look for. */
  readonly isHarmless?: true;
}

/** What was never heard of again may have been done, whatever is typed since. */
const LOST: readonly Failure['code'][] = ['network', 'system.outcome_unknown'];

/**
 * Why an instruction was refused, or that nobody knows yet whether it arrived. In a form a refusal goes once something
 * is changed: it was about what stood there before.
 */
export function FailureNote({ failure, stays, isHarmless }: FailureNoteProps) {
  const t = useTranslations('common');
  const tErrors = useTranslations('errors');
  const isUnedited = useIsUnedited();
  if (!isUnedited && !stays && !LOST.includes(failure.code)) return null;
  return (
    <div role="alert">
      <Notice tone="danger" icon={CircleAlert}>
        <p>{failure.code === 'network' && !isHarmless ? t('sentUnknown') : tErrors(failure.code)}</p>
        {failure.incidentId && <p className="font-mono text-sm">{t('incident', { id: failure.incidentId })}</p>}
      </Notice>
    </div>
  );
}
