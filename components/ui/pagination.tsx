'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from './button.tsx';
import { countText } from './count-text.ts';

interface PaginationProps {
  readonly shown: number;
  readonly total: { readonly count: number; readonly exact: boolean };
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
}

/**
 * Pages of a list that is read from a key onwards: there is a next and a previous, no page 17. On the last page the
 * button stays, so that the focus does.
 */
export function Pagination({ shown, total, onPrevious, onNext }: PaginationProps) {
  const t = useTranslations('common');
  return (
    <nav aria-label={t('pages')} className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-ink-2 text-sm">{t('rows', { shown, count: countText(total) })}</p>
      {(onPrevious || onNext) && (
        <div className="flex gap-2">
          <Button aria-disabled={!onPrevious} onClick={() => onPrevious?.()}>
            <ChevronLeft aria-hidden size={16} />
            {t('previousPage')}
          </Button>
          <Button aria-disabled={!onNext} onClick={() => onNext?.()}>
            {t('nextPage')}
            <ChevronRight aria-hidden size={16} />
          </Button>
        </div>
      )}
    </nav>
  );
}
