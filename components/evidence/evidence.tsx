'use client';

import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import type { Desk } from '#components/withdrawals/panel/desk.ts';
import type { EvidenceView } from '#server/resolution/contract.ts';
import { Asked } from './asked.tsx';
import { Balances } from './balances.tsx';
import { Callbacks } from './callbacks.tsx';
import { attemptInDoubt } from './candidates.ts';
import { ProviderRows } from './provider-rows.tsx';
import { QuietPeriod } from './quiet-period.tsx';
import { Records } from './records.tsx';
import { Replies } from './replies.tsx';
import { Similar } from './similar.tsx';
import { useEvidence } from './use-evidence.ts';

interface EvidenceProps {
  readonly id: string;
  /** In view from the start where people must decide; else only for who wants to see it. */
  readonly isOpen: boolean;
  readonly desk: Desk;
}

export function Evidence({ id, isOpen, desk }: EvidenceProps) {
  const t = useTranslations('evidence');
  const [opened, setOpened] = useState(false);
  const shown = isOpen || opened;
  const evidence = useEvidence(id, shown);
  if (!shown) {
    return (
      <button type="button" onClick={() => setOpened(true)} className="self-start text-focus underline">
        {t('show')}
      </button>
    );
  }
  return (
    <section aria-label={t('title')} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <h3 className="font-semibold">{t('title')}</h3>
        <Freshness query={evidence} />
      </div>
      {evidence.isPending && <Loading rows={4} />}
      {evidence.isError && !evidence.data && <ErrorState error={evidence.error} onRetry={evidence.refetch} />}
      {evidence.data && <Sections view={evidence.data} desk={desk} />}
    </section>
  );
}

function Sections({ view, desk }: { readonly view: EvidenceView; readonly desk: Desk }) {
  const attempt = attemptInDoubt(view.attempts);
  if (!attempt) return null;
  return (
    <>
      <Asked attempt={attempt} />
      <Replies attempt={attempt} />
      <Callbacks attempt={attempt} />
      <ProviderRows attempt={attempt} view={view} desk={desk} />
      <Balances attempt={attempt} />
      <Records attempt={attempt} />
      <Similar rows={view.similar} />
      {attempt.quietPeriod && <QuietPeriod period={attempt.quietPeriod} />}
    </>
  );
}
