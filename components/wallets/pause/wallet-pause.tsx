'use client';

import { useQuery } from '@tanstack/react-query';
import { Info } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { ProposalNotice } from '#components/dual/proposal-notice.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole, useNewcomer } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { ErrorState } from '#components/ui/states.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { WalletView } from '#server/wallets/contract.ts';
import { WalletTakeBack } from '../rotation/take-back-sheet.tsx';
import type { ResumeOutcome } from './resume-sheet.tsx';

const ResumeSheet = lazy(() => import('./resume-sheet.tsx').then((module) => ({ default: module.ResumeSheet })));

const EVERY_MS = 5_000;
const REASONS = [
  'short_funds',
  'late_success',
  'provider_reversed',
  'key_rotation',
  'wallet_expired',
  'key_refused',
  'wallet_address_incorrect',
] as const;

type Sheet = { readonly name: 'resume' | 'take_back'; readonly proposal: OpenDecisionView | null };

/** Why a wallet is paused, and letting it be used again: two people of finance, once its incidents are decided. */
export function WalletPause({ wallet }: { readonly wallet: WalletView }) {
  const t = useTranslations('walletPause');
  const trpc = useTRPC();
  const mayDecide = useHasRole('finance', 'admin');
  const newcomer = useNewcomer();
  const offline = useOffline();
  const isPaused = wallet.status === 'paused';
  const subject = { subjectId: wallet.id };
  const open = useQuery(trpc.decisions.open.queryOptions(subject, { refetchInterval: EVERY_MS, enabled: isPaused }));
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [outcome, setOutcome] = useState<ResumeOutcome | null>(null);
  const said = outcome && (
    <Notice tone={outcome === 'resumed' ? 'success' : 'info'} icon={Info}>
      {t(`done.${outcome}`)}
    </Notice>
  );
  if (!isPaused) return said;
  const proposal = open.data?.proposals.find(({ action }) => action === 'wallet.resume') ?? null;
  const known = REASONS.find((each) => each === wallet.pauseReason);
  const reason = known ? t(`reason.${known}`) : wallet.pauseReason;
  const close = () => setSheet(null);
  return (
    <Section title={t('title')}>
      <p className="max-w-[720px]">{reason ? t('why', { reason }) : t('unknownReason')}</p>
      {said}
      {open.isError && !open.data && <ErrorState error={open.error} onRetry={open.refetch} />}
      {proposal && (
        <ProposalNotice
          proposal={proposal}
          roles={['finance', 'admin']}
          onConfirm={() => setSheet({ name: 'resume', proposal })}
          onWithdraw={() => setSheet({ name: 'take_back', proposal })}
        >
          <p className="[overflow-wrap:anywhere]">{proposal.note}</p>
        </ProposalNotice>
      )}
      {open.data && !proposal && (
        <Button
          className="self-start"
          blockedBy={mayDecide ? (newcomer ?? offline) : t('financeOnly')}
          onClick={() => setSheet({ name: 'resume', proposal: null })}
        >
          {t('propose')}
        </Button>
      )}
      <Suspense>
        {sheet?.name === 'resume' && (
          <ResumeSheet
            walletId={wallet.id}
            proposal={sheet.proposal}
            onClose={close}
            onOutcome={(done) => {
              setOutcome(done);
              close();
            }}
          />
        )}
        {sheet?.name === 'take_back' && sheet.proposal && (
          <WalletTakeBack walletId={wallet.id} proposal={sheet.proposal} onClose={close} onOutcome={close} />
        )}
      </Suspense>
    </Section>
  );
}
