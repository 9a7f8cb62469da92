'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole, useNewcomer } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { PageHeader, Section } from '#components/ui/page-header.tsx';
import { Remaining } from '#components/ui/remaining.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import type { PolicyCurrentView, PolicyVersionView } from '#server/policies/contract.ts';
import { PolicyText } from './policy-text.tsx';
import { Proposal } from './proposal.tsx';

const ProposeSheet = lazy(() => import('./propose-sheet.tsx').then((module) => ({ default: module.ProposeSheet })));

const REREAD_MS = 15_000;

export function PoliciesScreen() {
  const t = useTranslations('policies');
  const trpc = useTRPC();
  const isAdmin = useHasRole('admin');
  const newcomer = useNewcomer();
  const offline = useOffline();
  const [proposes, setProposes] = useState(false);
  const policy = useQuery(trpc.policies.current.queryOptions({}, { refetchInterval: REREAD_MS }));
  const why = !isAdmin ? t('adminsOnly') : policy.data?.proposal ? t('oneAtATime') : (newcomer ?? offline);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('title')} lead={t('lead')}>
        <Freshness query={policy} />
        <Button blockedBy={why} onClick={() => setProposes(true)}>
          {t('propose.open')}
        </Button>
      </PageHeader>
      {policy.isPending && <Loading />}
      {policy.isError && !policy.data && <ErrorState error={policy.error} onRetry={policy.refetch} />}
      {policy.data && <Versions policy={policy.data} />}
      <Suspense>
        {proposes && policy.data && <ProposeSheet policy={policy.data} onClose={() => setProposes(false)} />}
      </Suspense>
    </div>
  );
}

function Versions({ policy }: { readonly policy: PolicyCurrentView }) {
  const t = useTranslations('policies');
  const earlier = policy.history.filter(({ version }) => version !== policy.current.version);
  return (
    <>
      {policy.proposal && <Proposal policy={policy} proposal={policy.proposal} />}
      <Section title={t('inForce')}>
        <Version version={policy.current} />
      </Section>
      {policy.upcoming.length > 0 && (
        <Section title={t('upcoming')}>
          {policy.upcoming.map((version) => (
            <Version key={version.version} version={version} isUpcoming />
          ))}
        </Section>
      )}
      {earlier.length > 0 && (
        <Section title={t('history')}>
          {earlier.map((version) => (
            <details key={version.version} className="rounded-card border border-rule bg-surface px-4 py-2">
              <summary className="min-h-9 content-center pointer-coarse:min-h-11">
                {t('version', { no: version.version })}
              </summary>
              <Version version={version} />
            </details>
          ))}
        </Section>
      )}
    </>
  );
}

interface VersionProps {
  readonly version: PolicyVersionView;
  readonly isUpcoming?: boolean;
}

function Version({ version, isUpcoming = false }: VersionProps) {
  const t = useTranslations('policies');
  const { proposedBy, confirmedBy, note, effectiveFrom } = version;
  return (
    <article className="flex flex-col gap-3 rounded-card border border-rule bg-surface p-4">
      <p className="font-medium">
        {t('version', { no: version.version })}
        {proposedBy && (
          <>
            {' · '}
            {t(isUpcoming ? 'from' : 'since')} <ZonedTime at={effectiveFrom} />{' '}
            {isUpcoming && <Remaining until={effectiveFrom} />}
          </>
        )}
      </p>
      <PolicyText rules={version.rules} />
      <p className="text-ink-2 text-sm [overflow-wrap:anywhere]">
        {proposedBy && confirmedBy
          ? t('agreed', { proposer: proposedBy.name, confirmer: confirmedBy.name, note: note ?? '' })
          : t('fromSettings')}
      </p>
    </article>
  );
}
