'use client';

import { useBooksProposal } from '#components/dual/use-books-proposal.ts';
import { useTranslations } from '#components/i18n/words.tsx';

export type DepositOutcome = 'proposed' | 'booked' | 'taken_back' | 'gone';

export interface DepositSheetProps {
  readonly walletId: string;
  readonly onClose: () => void;
  readonly onOutcome: (outcome: DepositOutcome) => void;
}

export function useDeposit(onOutcome: (outcome: DepositOutcome) => void) {
  const t = useTranslations('walletDeposit');
  return useBooksProposal<DepositOutcome>({ says: (outcome) => t(`done.${outcome}`), onOutcome });
}
