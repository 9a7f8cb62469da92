'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, Info } from 'lucide-react';
import { ProposalNotice } from '#components/dual/proposal-notice.tsx';
import { TakeBackSheet, useProposalGone } from '#components/dual/take-back-sheet.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole, useNewcomer } from '#components/shell/me.tsx';
import { useOnline } from '#components/shell/use-online.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/states.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { LedgerTransactionView } from '#server/ledger/contract.ts';
import { reversalIn } from './reversal.ts';
import { ReversalLine } from './reverse-fields.tsx';
import { ReverseSheet } from './reverse-sheet.tsx';
import { type CorrectionOutcome, useCorrection } from './use-correction.ts';

const EVERY_MS = 5_000;

export type Correction =
  | { readonly name: 'reverse'; readonly proposal: OpenDecisionView | null }
  | { readonly name: 'take_back'; readonly proposal: OpenDecisionView };

interface CreditCorrectionsProps {
  readonly creditId: string;
  readonly asset: string;
  readonly outcome: CorrectionOutcome | null;
  readonly onOpen: (correction: Correction) => void;
}

/** Taking a credit back: two administrators. */
export function CreditCorrections({ creditId, asset, outcome, onOpen }: CreditCorrectionsProps) {
  const t = useTranslations('corrections');
  const trpc = useTRPC();
  const isAdmin = useHasRole('admin');
  const newcomer = useNewcomer();
  const online = useOnline();
  const open = useQuery(trpc.decisions.open.queryOptions({ subjectId: creditId }, { refetchInterval: EVERY_MS }));
  const proposal = open.data?.proposals.find(({ action }) => action === 'ledger.reverse');
  const reversal = proposal && reversalIn(proposal);
  const why = newcomer ?? (online ? null : t('reverse.offline'));
  return (
    <section className="flex flex-col items-start gap-3 border-rule border-t pt-4">
      <h3 className="font-semibold">{t('reverse.name')}</h3>
      <p className="text-ink-2">{t('reverse.lead')}</p>
      {outcome && (
        <Notice tone={outcome === 'reversed' ? 'success' : 'info'} icon={outcome === 'reversed' ? Check : Info}>
          {t(`done.${outcome}`)}
        </Notice>
      )}
      {proposal && (
        <ProposalNotice
          proposal={proposal}
          roles={['admin']}
          onConfirm={() => onOpen({ name: 'reverse', proposal })}
          onWithdraw={() => onOpen({ name: 'take_back', proposal })}
        >
          {reversal && <ReversalLine asset={asset} reversal={reversal} />}
          <p className="[overflow-wrap:anywhere]">{proposal.note}</p>
        </ProposalNotice>
      )}
      {open.isError && !open.data && <ErrorState error={open.error} onRetry={open.refetch} />}
      {open.data && !proposal && (
        <Button
          blockedBy={isAdmin ? why : t('reverse.adminsOnly')}
          onClick={() => onOpen({ name: 'reverse', proposal: null })}
        >
          {t('reverse.propose')}
        </Button>
      )}
    </section>
  );
}

interface CorrectionSheetProps {
  readonly credit: LedgerTransactionView;
  readonly correction: Correction;
  readonly onClose: () => void;
  readonly onOutcome: (outcome: CorrectionOutcome) => void;
}

export function CorrectionSheet({ correction, ...props }: CorrectionSheetProps) {
  if (correction.name === 'reverse') return <ReverseSheet {...props} proposal={correction.proposal} />;
  return <TakeBack {...props} proposal={correction.proposal} />;
}

interface TakeBackProps extends Omit<CorrectionSheetProps, 'correction'> {
  readonly proposal: OpenDecisionView;
}

function TakeBack({ credit, proposal, onClose, onOutcome }: TakeBackProps) {
  const t = useTranslations('corrections');
  const isGone = useProposalGone(credit.id, proposal);
  const sending = useCorrection(onOutcome);
  return <TakeBackSheet {...{ proposal, sending, isGone, onClose }} next={t('reverse.keeps')} />;
}
