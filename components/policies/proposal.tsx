'use client';

import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { ProposalNotice } from '#components/dual/proposal-notice.tsx';
import { TakeBackSheet } from '#components/dual/take-back-sheet.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import type { PolicyCurrentView, PolicyProposalView } from '#server/policies/contract.ts';
import { Loosened } from './loosened.tsx';
import { PolicyDiff } from './policy-text.tsx';
import { Simulation } from './simulation.tsx';

const ConfirmSheet = lazy(() => import('./confirm-sheet.tsx').then((module) => ({ default: module.ConfirmSheet })));

interface ProposalProps {
  readonly policy: PolicyCurrentView;
  readonly proposal: PolicyProposalView;
}

/** A change that waits for a second administrator, beside what it would replace. */
export function Proposal({ policy, proposal }: ProposalProps) {
  const t = useTranslations('policies');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [sheet, setSheet] = useState<'confirm' | 'take_back' | null>(null);
  const close = () => setSheet(null);
  const newest = policy.upcoming.at(-1) ?? policy.current;
  const taking = useSending<'taken_back'>({
    reread: () => queries.invalidateQueries({ queryKey: trpc.policies.pathKey() }),
    overtaken: { codes: ['decision.not_found'], outcome: 'taken_back' },
    onOutcome: () => {
      announce(t('takenBack'));
      close();
    },
  });
  const isGone = () => {
    const now = queries.getQueryData(trpc.policies.current.queryKey({}));
    return now !== undefined && now.proposal?.id !== proposal.id;
  };
  const decision = { ...proposal, action: 'policy.change', body: null };
  return (
    <>
      <ProposalNotice
        proposal={decision}
        roles={['admin']}
        onConfirm={() => setSheet('confirm')}
        onWithdraw={() => setSheet('take_back')}
      >
        <p className="[overflow-wrap:anywhere]">{proposal.note}</p>
        <div className="rounded-control bg-surface p-2 text-ink">
          <PolicyDiff before={newest.rules} after={proposal.rules} />
        </div>
        <Loosened loosenings={proposal.loosenings} />
        <Simulation rules={proposal.rules} />
        <p>
          {t('confirm.takesEffect')} <ZonedTime at={proposal.wouldTakeEffect} />
        </p>
      </ProposalNotice>
      <Suspense>
        {sheet === 'confirm' && <ConfirmSheet newest={newest} proposal={proposal} onClose={close} />}
        {sheet === 'take_back' && (
          <TakeBackSheet
            proposal={decision}
            next={t('takeBackNext')}
            sending={taking}
            isGone={isGone}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  );
}
