'use client';

import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { EXCEPTION_LOOKS } from '#components/exceptions/exception-look.ts';
import { exceptionHref, rowKey } from '#components/exceptions/search.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import { useReasonText } from '#components/reasons/use-reason-text.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { countText } from '#components/ui/count-text.ts';
import { Freshness } from '#components/ui/freshness.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { Age } from '#components/ui/time.tsx';
import type { ExceptionCountsView, ExceptionRow } from '#server/resolution/contract.ts';
import { EXCEPTION_FILTERS } from '#server/resolution/statuses.ts';

const EVERY_MS = 15_000;
const LONGEST = { filter: 'pressing', order: 'oldest', cursor: null, limit: 5 } as const;

/** How many of each kind, and of what does not end by itself what has stood longest. */
export function NeedsPeople() {
  const t = useTranslations('overview');
  const trpc = useTRPC();
  const counts = useQuery(trpc.exceptions.counts.queryOptions({}, { refetchInterval: EVERY_MS }));
  const longest = useQuery(trpc.exceptions.list.queryOptions(LONGEST, { refetchInterval: EVERY_MS }));
  return (
    <Section title={t('needs.title')} aside={<Freshness query={longest} />}>
      {counts.data && <Counts counts={counts.data} />}
      {longest.isPending && <Loading rows={3} />}
      {longest.isError && !longest.data && <ErrorState error={longest.error} onRetry={longest.refetch} />}
      {longest.data?.rows.length === 0 && <Empty title={t('needs.none')} />}
      {longest.data && longest.data.rows.length > 0 && (
        <ul className="flex flex-col rounded-card border border-rule bg-surface">
          {longest.data.rows.map((row) => (
            <Row key={rowKey(row)} row={row} />
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Each number is the number of rows its link leads to. */
function Counts({ counts }: { readonly counts: ExceptionCountsView }) {
  const t = useTranslations('overview');
  return (
    <ul className="flex flex-wrap gap-2">
      {EXCEPTION_FILTERS.map((kind) => {
        const count = counts.byFilter.find(({ filter }) => filter === kind);
        return (
          count && (
            <li key={kind}>
              <AppLink
                href={exceptionHref('/exceptions', { kind })}
                className="inline-flex min-h-8 items-center gap-2 rounded-full border border-control bg-surface px-3 text-ink-2 no-underline hover:text-ink pointer-coarse:min-h-11"
              >
                {t(`needs.kind.${kind}`)} <span className="font-semibold text-ink">{countText(count)}</span>
              </AppLink>
            </li>
          )
        );
      })}
    </ul>
  );
}

function Row({ row }: { readonly row: ExceptionRow }) {
  const t = useTranslations('overview');
  const reasonText = useReasonText();
  return (
    <li className="border-rule border-b last:border-b-0">
      <AppLink
        href={exceptionHref('/exceptions', { id: rowKey(row) })}
        className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-ink no-underline hover:bg-ground"
      >
        <Badge {...EXCEPTION_LOOKS[row.filter]}>{t(`needs.kind.${row.filter}`)}</Badge>
        <span className="[overflow-wrap:anywhere]">
          {row.memberId ?? (row.incidentKind && reasonText(row.incidentKind))}
        </span>
        {row.asset && row.amount && (
          <span className="inline-flex items-center gap-2">
            <AssetChip asset={row.asset} />
            <Amount value={row.amount} />
          </span>
        )}
        {row.proposed && (
          <span className="inline-flex items-center gap-1 text-sm text-warning">
            <Users aria-hidden size={14} />
            {t('needs.proposed')}
          </span>
        )}
        <span className="ml-auto text-ink-3 text-sm">
          <Age at={row.since} />
        </span>
      </AppLink>
    </li>
  );
}
