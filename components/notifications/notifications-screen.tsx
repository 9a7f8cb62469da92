'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { useSearch } from '#components/url/use-search.ts';
import type { NotificationView } from '#server/notifications/contract.ts';
import { NotificationFilter } from './notification-filter.tsx';
import { NotificationTable } from './notification-table.tsx';
import { listInput, notificationSearch } from './search.ts';

const NotificationDialog = lazy(() =>
  import('./notification-dialog.tsx').then((module) => ({ default: module.NotificationDialog })),
);

/** What a colleague acknowledges must not stay open here for long. */
const READ_AGAIN_MS = 15_000;

export function NotificationsScreen() {
  const t = useTranslations('notifications');
  const tShell = useTranslations('shell');
  const trpc = useTRPC();
  const isAdmin = useHasRole('admin');
  const [search, setSearch] = useSearch(notificationSearch);
  const [opened, setOpened] = useState<NotificationView | null>(null);
  const options = { placeholderData: keepPreviousData, refetchInterval: READ_AGAIN_MS };
  const list = useQuery(trpc.notifications.list.queryOptions(listInput(search), options));
  const { after } = search;
  const rowOf = (openId: string) => list.data?.rows.find(({ id }) => id === openId);
  const listed = opened && rowOf(opened.id);
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title={t('title')} lead={t('lead')}>
        <Freshness query={list} />
        {isAdmin && (
          <AppLink href="/settings/webhooks" className={buttonClass()}>
            {tShell('nav.webhooks')}
          </AppLink>
        )}
      </PageHeader>
      <NotificationFilter search={search} onChange={(change) => setSearch({ ...change, after: null })} />
      {list.isPending && <Loading />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.data?.rows.length === 0 && <Empty title={t(`empty.${search.view}`)} />}
      {list.data && list.data.rows.length > 0 && (
        <>
          <NotificationTable
            rows={list.data.rows}
            outdated={list.isPlaceholderData}
            onOpen={(id) => setOpened(rowOf(id) ?? null)}
          />
          <Pagination
            shown={list.data.rows.length}
            total={list.data.total}
            onPrevious={after.length > 0 ? () => setSearch({ after: after.slice(0, -1) }) : null}
            onNext={list.data.nextCursor ? () => setSearch({ after: [...after, list.data?.nextCursor ?? ''] }) : null}
          />
        </>
      )}
      {opened && (
        <Suspense>
          <NotificationDialog notification={listed ?? opened} isGone={!listed} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </div>
  );
}
