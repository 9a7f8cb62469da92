'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from './button.tsx';

interface PaginationProps {
  readonly shown: number;
  readonly total: { readonly count: number; readonly exact: boolean };
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
}

/** Pages of a list that is read from a key onwards: there is a next and a previous, no page 17. */
export function Pagination({ shown, total, onPrevious, onNext }: PaginationProps) {
  const t = useTranslations('common');
  const count = total.exact ? total.count : `${total.count}+`;
  return (
    <nav aria-label={t('pages')} className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-ink-2 text-sm">{t('rows', { shown, count: `${count}` })}</p>
      {(onPrevious || onNext) && (
        <div className="flex gap-2">
          <Button disabled={!onPrevious} onClick={() => onPrevious?.()} className="disabled:text-ink-3">
            <ChevronLeft aria-hidden size={16} />
            {t('previousPage')}
          </Button>
          <Button disabled={!onNext} onClick={() => onNext?.()} className="disabled:text-ink-3">
            {t('nextPage')}
            <ChevronRight aria-hidden size={16} />
          </Button>
        </div>
      )}
    </nav>
  );
}
