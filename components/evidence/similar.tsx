'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { withdrawalHref } from '#components/withdrawals/search.ts';
import type { EvidenceView } from '#server/resolution/contract.ts';
import { Part } from './part.tsx';

/** Payments that could be taken for this one: the same coin and amount, about the same time. */
export function Similar({ rows }: { readonly rows: EvidenceView['similar'] }) {
  const t = useTranslations('evidence');
  if (rows.length === 0) return null;
  return (
    <Part title={t('similar.title')}>
      <p className="text-ink-2">{t('similar.note')}</p>
      <ul className="flex flex-col gap-1">
        {rows.map(({ attemptId, withdrawalId, memberId, status, fencedAt }) => (
          <li key={attemptId} className="flex flex-wrap items-baseline gap-x-2">
            <AppLink
              href={withdrawalHref('/withdrawals', { view: 'all', id: withdrawalId })}
              className="text-focus underline [overflow-wrap:anywhere]"
            >
              {memberId}
            </AppLink>
            <span>{t(`similar.status.${status}`)}</span>
            <Time at={fencedAt} className="text-ink-3 text-sm" />
          </li>
        ))}
      </ul>
    </Part>
  );
}
