'use client';

import { TakeBackSheet, useProposalGone } from '#components/dual/take-back-sheet.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import { type RotationSheetProps, useRotation } from './use-rotation.ts';

/** The wallet stays as it is. */
export function WalletTakeBack({
  walletId,
  proposal,
  onClose,
  onOutcome,
}: RotationSheetProps & { readonly proposal: OpenDecisionView }) {
  const t = useTranslations('rotation');
  const isGone = useProposalGone(walletId, proposal);
  const sending = useRotation(onOutcome);
  return <TakeBackSheet {...{ proposal, sending, isGone, onClose }} next={t('takeBackNext')} />;
}
