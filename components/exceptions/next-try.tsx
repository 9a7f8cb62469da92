'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Remaining } from '#components/ui/remaining.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ExceptionRow } from '#server/resolution/contract.ts';

/** How often it has been tried, and when it is tried again; of what nobody knows nothing is tried again. */
export function NextTry({ row }: { readonly row: ExceptionRow }) {
  const t = useTranslations('exceptions');
  if (!row.withdrawalId) return '-';
  return (
    <span className="inline-flex flex-col text-sm">
      <span>{t('attempts', { count: row.attempts })}</span>
      {row.filter === 'retrying' && row.nextAttemptAt && (
        <span className="text-ink-2">
          <Time at={row.nextAttemptAt} /> <Remaining until={row.nextAttemptAt} />
        </span>
      )}
      {row.filter === 'retrying' && !row.nextAttemptAt && <span className="text-ink-2">{t('whenPossible')}</span>}
      {row.filter === 'unknown' && <span className="text-ink-2">{t('notAgain')}</span>}
    </span>
  );
}
