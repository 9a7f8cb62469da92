'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useMe, useNewcomer } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { DelegationTable } from './delegation-table.tsx';

const HandOnSheet = lazy(() => import('./hand-on-sheet.tsx').then((module) => ({ default: module.HandOnSheet })));

/** Who approves for the person who is signed in, and for whom they do. */
export function StandIns() {
  const t = useTranslations('delegations');
  const trpc = useTRPC();
  const me = useMe();
  const newcomer = useNewcomer();
  const offline = useOffline();
  const [hands, setHands] = useState(false);
  const mine = useQuery(trpc.delegations.mine.queryOptions({}));
  const rows = mine.data?.rows ?? [];
  const isIn = rows.some(({ state }) => state === 'open' || state === 'planned');
  return (
    <Section
      title={t('title')}
      aside={
        mine.data &&
        !isIn && (
          <Button blockedBy={newcomer ?? offline} onClick={() => setHands(true)}>
            {t('handOn.open')}
          </Button>
        )
      }
    >
      <p className="text-ink-2">{t('lead')}</p>
      {mine.isPending && <Loading rows={2} />}
      {mine.isError && !mine.data && <ErrorState error={mine.error} onRetry={mine.refetch} />}
      {mine.data && rows.length === 0 && <Empty title={t('empty')} />}
      {rows.length > 0 && <DelegationTable rows={rows} mayEnd={({ delegator }) => delegator.id === me.id} />}
      <Suspense>
        {hands && mine.data && <HandOnSheet colleagues={mine.data.colleagues} onClose={() => setHands(false)} />}
      </Suspense>
    </Section>
  );
}
