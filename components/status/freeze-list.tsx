'use client';

import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useMe, useNewcomer } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { Button } from '#components/ui/button.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { Age, ZonedTime } from '#components/ui/time.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type { FreezeView } from '#server/system/contract.ts';
import { useFreezes } from './use-freezes.ts';

const LiftSheet = lazy(() => import('./lift-sheet.tsx').then((module) => ({ default: module.LiftSheet })));

/** What is frozen, by whom, why and since when; and how far its lift has come. */
export function Freezes() {
  const t = useTranslations('status');
  const freezes = useFreezes();
  return (
    <Section title={t('freezes.title')} aside={<Freshness query={freezes} />}>
      {freezes.isPending && <Loading rows={1} />}
      {freezes.isError && !freezes.data && <ErrorState error={freezes.error} onRetry={freezes.refetch} />}
      {freezes.data && <FreezeList freezes={freezes.data.freezes} />}
    </Section>
  );
}

function FreezeList({ freezes }: { readonly freezes: readonly FreezeView[] }) {
  const t = useTranslations('status');
  if (freezes.length === 0) return <p className="text-ink-2">{t('freezes.none')}</p>;
  return (
    <ul className="flex flex-col gap-3">
      {freezes.map((freeze) => (
        <FreezeCard key={freeze.id} freeze={freeze} />
      ))}
    </ul>
  );
}

function FreezeCard({ freeze }: { readonly freeze: FreezeView }) {
  const t = useTranslations('status');
  const me = useMe();
  const symbolOf = useAssetSymbol();
  const newcomer = useNewcomer();
  const offline = useOffline();
  const [lifts, setLifts] = useState(false);
  const { liftProposed } = freeze;
  const blockedBy =
    me.role !== 'admin'
      ? t('lift.adminsOnly')
      : liftProposed?.by.id === me.id
        ? t('lift.anotherAdmin')
        : (newcomer ?? offline);
  return (
    <li className="flex flex-col items-start gap-2 rounded-card border border-danger bg-surface p-4">
      <p className="font-semibold [overflow-wrap:anywhere]">
        {t(`freezes.scope.${freeze.scope}`)}{' '}
        {freeze.target && <span title={freeze.target}>{symbolOf(freeze.target)}</span>}
      </p>
      <p className="[overflow-wrap:anywhere]">{freeze.reason}</p>
      <p className="text-ink-2 text-sm">
        {freeze.frozenBy.name} · <ZonedTime at={freeze.frozenAt} /> · <Age at={freeze.frozenAt} />
      </p>
      {liftProposed && (
        <p className="text-warning">
          {t('lift.proposed', { name: liftProposed.by.name })} (<Age at={liftProposed.at} />)
          {liftProposed.reason && (
            <span className="block [overflow-wrap:anywhere]">
              {t('lift.theirReason', { reason: liftProposed.reason })}
            </span>
          )}
        </p>
      )}
      <Button blockedBy={blockedBy} onClick={() => setLifts(true)}>
        {t(liftProposed ? 'lift.second' : 'lift.first')}
      </Button>
      {lifts && (
        <Suspense>
          <LiftSheet freeze={freeze} onClose={() => setLifts(false)} />
        </Suspense>
      )}
    </li>
  );
}
