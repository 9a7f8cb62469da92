'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { CurrentDelegations } from '#components/delegations/current-delegations.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { PageHeader, Section } from '#components/ui/page-header.tsx';
import { ErrorState, Loading, NoPermission } from '#components/ui/states.tsx';
import { InvitationTable } from './invitation-table.tsx';
import { TeamTable } from './team-table.tsx';

const InviteSheet = lazy(() => import('./invite-sheet.tsx').then((module) => ({ default: module.InviteSheet })));
const MemberSheet = lazy(() => import('./member-sheet.tsx').then((module) => ({ default: module.MemberSheet })));

export function TeamScreen() {
  const t = useTranslations('team');
  const trpc = useTRPC();
  const isAdmin = useHasRole('admin');
  const offline = useOffline();
  const [invites, setInvites] = useState(false);
  const [managedId, setManagedId] = useState<string | null>(null);
  const list = useQuery(trpc.operators.list.queryOptions({}, { enabled: isAdmin }));
  const managed = list.data?.rows.find(({ id }) => id === managedId);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('title')} lead={t('lead')}>
        {isAdmin && (
          <Button blockedBy={offline} onClick={() => setInvites(true)}>
            {t('invite.open')}
          </Button>
        )}
      </PageHeader>
      {!isAdmin && <NoPermission />}
      {isAdmin && list.isPending && <Loading />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.data && <TeamTable rows={list.data.rows} onManage={({ id }) => setManagedId(id)} />}
      {isAdmin && <CurrentDelegations />}
      {list.data && list.data.invitations.length > 0 && (
        <Section title={t('invitations.title')}>
          <InvitationTable rows={list.data.invitations} />
        </Section>
      )}
      <Suspense>
        {invites && <InviteSheet onClose={() => setInvites(false)} />}
        {/* What a colleague changes meanwhile begins the sheet anew: nobody undoes it unseen. */}
        {managed && (
          <MemberSheet
            key={`${managed.role} ${managed.disabledAt}`}
            member={managed}
            onClose={() => setManagedId(null)}
          />
        )}
      </Suspense>
    </div>
  );
}
