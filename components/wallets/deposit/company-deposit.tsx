'use client';

import { useQuery } from '@tanstack/react-query';
import { Info } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { ProposalNotice } from '#components/dual/proposal-notice.tsx';
import { TakeBackSheet, useProposalGone } from '#components/dual/take-back-sheet.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole, useNewcomer } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { ErrorState } from '#components/ui/states.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import { depositIn } from './deposit.ts';
import { DepositLine } from './deposit-fields.tsx';
import { type DepositOutcome, type DepositSheetProps, useDeposit } from './use-deposit.ts';

const DepositSheet = lazy(() => import('./deposit-sheet.tsx').then((module) => ({ default: module.DepositSheet })));

const EVERY_MS = 5_000;

type Sheet =
  | { readonly name: 'book'; readonly proposal: OpenDecisionView | null }
  | { readonly name: 'take_back'; readonly proposal: OpenDecisionView };

/** What the company itself pays into the wallet: two people of finance say so, before anything else takes it for the member's. */
export function CompanyDeposit({ walletId }: { readonly walletId: string }) {
  const t = useTranslations('walletDeposit');
  const trpc = useTRPC();
  const mayDecide = useHasRole('finance', 'admin');
  const newcomer = useNewcomer();
  const offline = useOffline();
  const open = useQuery(trpc.decisions.open.queryOptions({ subjectId: walletId }, { refetchInterval: EVERY_MS }));
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [outcome, setOutcome] = useState<DepositOutcome | null>(null);
  const proposal = open.data?.proposals.find(({ action }) => action === 'wallet.book_deposit') ?? null;
  const deposit = proposal && depositIn(proposal.body);
  const close = () => setSheet(null);
  const done = (what: DepositOutcome) => {
    setOutcome(what);
    close();
  };
  return (
    <Section title={t('title')}>
      <p className="max-w-[720px] text-ink-2">{t('lead')}</p>
      {outcome && (
        <Notice tone={outcome === 'booked' ? 'success' : 'info'} icon={Info}>
          {t(`done.${outcome}`)}
        </Notice>
      )}
      {open.isError && !open.data && <ErrorState error={open.error} onRetry={open.refetch} />}
      {proposal && (
        <ProposalNotice
          proposal={proposal}
          roles={['finance', 'admin']}
          onConfirm={() => setSheet({ name: 'book', proposal })}
          onWithdraw={() => setSheet({ name: 'take_back', proposal })}
        >
          {deposit && <DepositLine deposit={deposit} />}
          <p className="[overflow-wrap:anywhere]">{proposal.note}</p>
        </ProposalNotice>
      )}
      {open.data && !proposal && (
        <Button
          className="self-start"
          blockedBy={mayDecide ? (newcomer ?? offline) : t('financeOnly')}
          onClick={() => setSheet({ name: 'book', proposal: null })}
        >
          {t('propose')}
        </Button>
      )}
      <Suspense>
        {sheet?.name === 'book' && (
          <DepositSheet walletId={walletId} proposal={sheet.proposal} onClose={close} onOutcome={done} />
        )}
        {sheet?.name === 'take_back' && (
          <DepositTakeBack walletId={walletId} proposal={sheet.proposal} onClose={close} onOutcome={done} />
        )}
      </Suspense>
    </Section>
  );
}

function DepositTakeBack({
  walletId,
  proposal,
  onClose,
  onOutcome,
}: DepositSheetProps & { readonly proposal: OpenDecisionView }) {
  const t = useTranslations('walletDeposit');
  const isGone = useProposalGone(walletId, proposal);
  const sending = useDeposit(onOutcome);
  return <TakeBackSheet {...{ proposal, sending, isGone, onClose }} next={t('takeBackNext')} />;
}
