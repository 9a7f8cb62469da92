'use client';

import { RefreshCw, TriangleAlert } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Age } from './time.tsx';

interface FreshnessProps {
  readonly query: {
    readonly dataUpdatedAt: number;
    readonly isError: boolean;
    readonly refetch: () => unknown;
  };
}

/** How old what is shown is, and a way to ask again. A figure without an age would pretend to be now. */
export function Freshness({ query }: FreshnessProps) {
  const t = useTranslations('common');
  if (query.dataUpdatedAt === 0) return null;
  return (
    <span className="print-hidden inline-flex items-center gap-1 text-ink-3 text-sm">
      {query.isError && <TriangleAlert aria-hidden size={14} className="text-warning" />}
      <span className={query.isError ? 'text-warning' : undefined}>
        {query.isError ? t('stale') : t('checked')} <Age at={new Date(query.dataUpdatedAt).toISOString()} />
      </span>
      <button
        type="button"
        aria-label={t('refresh')}
        title={t('refresh')}
        onClick={() => query.refetch()}
        className="inline-flex size-8 items-center justify-center rounded-control hover:text-ink pointer-coarse:size-11"
      >
        <RefreshCw aria-hidden size={14} />
      </button>
    </span>
  );
}
