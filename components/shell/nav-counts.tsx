'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { PRESSING } from '#server/resolution/statuses.ts';
import type { NavItem } from './nav-items.ts';
import { useUnreadTitle } from './use-unread-title.ts';

const WAITING_EVERY_MS = 15_000;

/** The numbers that ask for a person, beside the pages where they are dealt with. */
export function NavCount({ of }: { readonly of: NavItem['name'] }): ReactNode {
  if (of === 'withdrawals') return <WaitingCount />;
  if (of === 'exceptions') return <ExceptionCount />;
  if (of === 'notifications') return <UnreadCount />;
  return null;
}

function WaitingCount() {
  const t = useTranslations('shell');
  const trpc = useTRPC();
  const waiting = useQuery(trpc.withdrawals.waiting.queryOptions({}, { refetchInterval: WAITING_EVERY_MS }));
  const count = shownCount(waiting.data?.forMe);
  return count && <CountMark count={count} says={t('waitingForMe', { count })} />;
}

/** How many need people. What failed has ended, and what is sent again goes by itself. */
function ExceptionCount() {
  const t = useTranslations('shell');
  const trpc = useTRPC();
  const counts = useQuery(trpc.exceptions.counts.queryOptions({}, { refetchInterval: WAITING_EVERY_MS }));
  const pressing = counts.data?.byFilter.filter(({ filter }) => PRESSING.includes(filter)) ?? [];
  const count = shownCount({
    count: pressing.reduce((sum, each) => sum + each.count, 0),
    exact: pressing.every(({ exact }) => exact),
  });
  return count && <CountMark count={count} says={t('exceptionsOpen', { count })} />;
}

/** What nobody has acknowledged yet, here and before the page's title. */
function UnreadCount() {
  const t = useTranslations('shell');
  const trpc = useTRPC();
  const unread = useQuery(trpc.notifications.unread.queryOptions({}, { refetchInterval: WAITING_EVERY_MS }));
  const count = shownCount(unread.data?.open);
  useUnreadTitle(count);
  return count && <CountMark count={count} says={t('unread', { count })} />;
}

const shownCount = (total: { readonly count: number; readonly exact: boolean } | undefined): string | null =>
  total && total.count > 0 ? `${total.count}${total.exact ? '' : '+'}` : null;

function CountMark({ count, says }: { readonly count: string; readonly says: string }) {
  return (
    <span className="rounded-full bg-brand px-1.5 font-semibold text-brand-ink text-xs max-lg:absolute max-lg:top-0.5 max-lg:right-1 lg:ml-auto">
      <span aria-hidden>{count}</span>
      <span className="sr-only">{says}</span>
    </span>
  );
}
