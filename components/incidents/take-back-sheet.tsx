'use client';

import { useQueryClient } from '@tanstack/react-query';
import { TakeBackSheet } from '#components/dual/take-back-sheet.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { IncidentDetailView } from '#server/resolution/contract.ts';
import { type IncidentSheetProps, useIncidentDecision } from './use-incident-decision.ts';

interface IncidentTakeBackProps extends IncidentSheetProps {
  readonly incident: IncidentDetailView;
  readonly proposal: OpenDecisionView;
}

/** The incident stays open either way. */
export function IncidentTakeBack({ incident: { id }, proposal, onClose, onOutcome }: IncidentTakeBackProps) {
  const t = useTranslations('dual');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const isGone = () => {
    const now = queries.getQueryData(trpc.incidents.get.queryKey({ id }));
    return now !== undefined && !now.closedAt && !now.proposals.some((each) => each.id === proposal.id);
  };
  const sending = useIncidentDecision(onOutcome);
  return <TakeBackSheet {...{ proposal, sending, isGone, onClose }} next={t('withdraw.next')} />;
}
