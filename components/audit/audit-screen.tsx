'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { useSearch } from '#components/url/use-search.ts';
import type { AuditRowView } from '#server/audit/contract.ts';
import { AuditDialog } from './audit-dialog.tsx';
import { AuditFilter } from './audit-filter.tsx';
import { AuditTable } from './audit-table.tsx';
import { ExportBar } from './export-bar.tsx';
import { auditSearch, filterOf, listInput } from './search.ts';
import { VerifyCard } from './verify-card.tsx';

export function AuditScreen() {
  const t = useTranslations('audit');
  const trpc = useTRPC();
  const { zone } = usePreferences();
  const seesAll = useHasRole('admin', 'auditor');
  const [search, setSearch] = useSearch(auditSearch);
  const [opened, setOpened] = useState<AuditRowView | null>(null);
  const list = useQuery(trpc.audit.list.queryOptions(listInput(search, zone), { placeholderData: keepPreviousData }));
  const { after } = search;
  const open = (wanted: string) => setOpened(list.data?.rows.find(({ id }) => id === wanted) ?? null);
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title={t('title')} lead={t(seesAll ? 'lead' : 'leadOwn')}>
        <Freshness query={list} />
      </PageHeader>
      {seesAll && <VerifyCard />}
      <AuditFilter
        search={search}
        seesAll={seesAll}
        onChange={(change) => setSearch({ ...change, after: null }, { history: 'replace' })}
      />
      <ExportBar filter={filterOf(search, zone)} seesAll={seesAll} />
      {list.isPending && <Loading />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.data?.rows.length === 0 && <Empty title={t('empty')} />}
      {list.data && list.data.rows.length > 0 && (
        <>
          <AuditTable rows={list.data.rows} outdated={list.isPlaceholderData} onOpen={open} />
          <Pagination
            shown={list.data.rows.length}
            total={list.data.total}
            onPrevious={after.length > 0 ? () => setSearch({ after: after.slice(0, -1) }) : null}
            onNext={list.data.nextCursor ? () => setSearch({ after: [...after, list.data?.nextCursor ?? ''] }) : null}
          />
        </>
      )}
      {opened && <AuditDialog row={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
